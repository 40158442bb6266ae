"""
Danger to life gets help; what only sounds like it gets a plan.
"""

from __future__ import annotations

import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy import danger
from kowhy.danger import Contact, find
from kowhy.tables import table
from kowhy.whys import COUNTRIES, Learn, MoreBusiness, PayItForward, Profile, SocialReasons, SolveAProblem

DANGEROUS = {
    "danger.medical": """
        my father is not breathing properly
        Mum has chest pain now and refuses the ambulance
        I think my wife is having a heart attack
        grandad is having a stroke
        he can't breathe when he lies down
        she won't wake up since this morning
        the lodger took an overdose last night
        My son overdosed on paracetamol
        our toddler swallowed a battery
        husband took too many pills
        she is bleeding heavily after the operation
        he collapsed again today
        my aunt is vomiting blood
        neighbour lies unconscious in the hall
        dad hasn't eaten for 6 days
    """,
    "danger.self-harm": """
        my daughter wants to die
        I want to die
        my brother is suicidal
        He talks about suicide every evening
        my son has been cutting himself since May
        my flatmate keeps saying he will kill himself
        I am thinking of ending my life
        she tried to take her own life and came home today
        My wife says there is nothing to live for
        he wishes he were dead
        daughter, 15, self-harms
        i don't want to live any more
        my husband's suicide attempt was on Sunday
        My best friend is going to hang himself
        I cannot go on like this
        Our son wants to hurt himself
        my partner says the children are better off without him
        she stands at the window and wants to jump off the balcony
        Meine Schwester spricht von Selbstmord
        quiero morir
        mon fils dit: je veux mourir
    """,
    "danger.child": """
        my ex is abusing my son
        Somebody is abusing the girl next door
        stepfather hits my daughter
        my sister's partner beats the baby
        the trainer touched my daughter
        her uncle molests the children
        my son is being abused at the home
        a man from a game asked for naked photos of my daughter, sextortion
        my daughter is missing
        their father kidnapped them, my kids are gone
        she shakes the baby when it cries
        our niece has been raped
        the child was beaten by a neighbour
        I might hurt my baby
    """,
    "danger.violence": """
        my husband hits me
        My brother is beating my mother
        he threatens to kill me
        ex-boyfriend threatened to stab us
        she is afraid he will hurt her
        my partner is violent when he drinks
        I live in an abusive relationship
        domestic violence, three small rooms and no way out
        my ex is stalking me
        he came at me with a knife
        my cousin was stabbed
        my sister was raped
        they force my friend to marry
        he locks me in when he goes out
        I fear for my life
        I want to kill my husband
        my dad strangled my mum on Friday
        My wife beats me
        he wants to hurt my mother
        somebody follows me home every night
        a carer slaps the residents
    """,
    "danger.life": """
        our lives are in danger
        the kitchen is on fire
        we smell gas in the stairwell
        she won't survive another night in that room
        my brother is trapped under the tractor
        it is a matter of life and death
    """,
}

HARMLESS = """
    this commute is killing me
    my knees are killing me on the stairs
    the paperwork is killing us
    I am dying to learn the cello
    dying to meet other parents
    the deadline is on Friday
    how do I kill the process on my server
    weed killer got into the pond
    I run a heart attack prevention class
    suicide prevention volunteer looking for a room
    bereaved by suicide, I want a group
    I lost my brother to suicide
    my husband's suicide left us with debts
    my friend died by suicide two years ago
    it beats me how to fill in this form
    we want to beat the competition
    my mother died in March and the flat is full
    I shot a film and cannot get paid
    overdose awareness charity needs a hall
    no danger to life, only a leaking roof
    my son is not suicidal, only bored at school
    she is no longer suicidal and wants to go back to work
    mother, 84, falls at night and lives alone, 3 falls since March
    son, 9, refuses school on Mondays since the move
    landlord keeps a 1,800 deposit after 4 months
    GP visit, alarm pendant refused twice
    before discharge on Friday 12th
    no care home before spring
    no court before mediation
    father had a stroke in 2021 and needs a ramp
    dad had a heart attack two years ago and needs a lift to rehab
    my son will not do his homework
    my son beats me at chess
    he hits me up for money every month
    the news hit me hard
    losing the contract hit my wife hard
    the new tax hits us with a bill of 900
    the landlord kicks us out in June
    my neighbour threatens to sue
    the council threatens us with a fine
    the school threatens to expel my daughter
    rabbits attack the vegetables
    the heating dies every night
    my dog chewed my hearing aid
    I cut myself off from my old friends
    we are drowning in debt
    he is drowning in paperwork
    our son cannot sleep alone
    she locked me out of the joint account
    my bank account is locked
    gas bill is too high
    a boiler that smells of oil
    my brother has a rifle licence question
    we cut the arm off the old sofa
    who can shoot our wedding
    I want somebody to shoot my daughter's wedding
    the roof has just collapsed, insurance does not answer
    he used to hit me; I need a lawyer for the divorce
    I was abused as a child and look for a therapist
    my father used to be violent and now wants to see us
    we never hit our children and want ideas for bedtime
    no domestic violence, just a hard divorce
    the wasps threaten the bees
    mum passed out leaflets and now has a sore back
    my son won't wake up on time for school
    the ceiling collapsed again
    a smoke alarm that goes off at night
    the carbon monoxide alarm beeps
    our plants might die in the frost
    the club is going to die without new members
    our team was beaten at home
    my daughter wants to dye her hair
    kids want to live in the old house
    mother does not want to live in a home
    I do not want to live here any longer
    I am tired of living next to a motorway
    mum wants to die at home and needs a hospice nurse
    she took the tablets back to the pharmacy
    someone to sit with dad while I shop
    a night carer 22-6 on weekdays
    a parent who got a child back to school
    the tenancy adviser never answers
    my ex does not pay for the children
    the other parent moves the children to Leeds
    I broke my arm skiing and cannot drive
    hardly life and death, but the fence is rotten
    rape seed oil ruined my carpet
"""

# Found by writing what people might say and looking at what was missed; kind of danger left open.
FURTHER_DANGEROUS = """
    my daughter says she would be better off dead
    I don't see any reason to go on living
    he put his hands round my throat last night
    my son tried to hang himself on Tuesday
    dad has swallowed a whole box of sleeping tablets
    the baby's lips are going blue
    My neighbour beats his children, I hear it through the wall
    ex keeps saying he will burn the house down with us in it
    I keep thinking about jumping off the bridge
    stepfather touches my niece at night
    grandmother has a crushing pain in her chest and her arm is numb
    her husband broke her arm again
    i cant go on like this, i want it to be over
    my brother is off his meds and has a knife
    She is bleeding a lot after the birth and nobody comes
    my partner chokes me when he is drunk
    My friend sent a goodbye message and does not pick up the phone
    carer slaps my mother, she has bruises on both arms
    i feel suicidal since the divorce
    he says if I leave he will shoot me and the kids
    my father's face droops on one side and he cannot speak
    my roommate took a load of pills
    they are going to force my sister to marry her cousin
    wife has started to cut her arms with a razor
    our teenager wrote a suicide note
    someone is following my daughter home from school
    I am afraid he will kill us
    my mum is having a stroke i think
    uncle was stabbed outside the shop
    there is a smell of gas in the flat and my head spins
    he grabbed me by the hair and slammed me into the wall
    my nephew has been missing since Saturday night
    my dad keeps a loaded pistol under the pillow and talks of ending it
    she has swallowed drain cleaner
    I have thought about killing my stepfather
    grandma was found on the floor and does not respond
    my boyfriend put a knife to my neck
    my girl is eleven and her cousin forces her to have sex
    I took 40 paracetamol an hour ago
    husband says he will not be here next week and gave away his things
    my mother does not react when I talk to her, her breathing is strange
    the neighbours scream every night and the woman has black eyes
    my son carves words into his arm
    my wife drinks and drives with the kids in the car
    he shows up at my work and outside my flat at night
    my partner squeezed my throat
    I am so done with life
    dad hits mum
    we have no heating, the baby is cold and will not feed
    I hear voices that tell me to hurt people
    my housemate drank antifreeze
    the nursing home staff tie my father to the bed
    my friend is diabetic and fainted and I cannot wake him up
    He beat me so badly that I lost a tooth
    my sister said she has no reason to stay alive
    my father pushed my mother and she hit her head
    I have been drinking and I have all my tablets in front of me
    my boyfriend filmed me and says he will kill himself if I leave
    granny cannot move her left side since noon
    there are men outside who say they will break my legs
    my daughter is not eating anything and weighs 35 kilos
    his stepmother locks the boy in the cellar
    my grandson got hold of the gun again
    I wake up every day wishing I had not
    my husband grabbed the steering wheel and said we would both die
    a boy at school told mine to kill himself and he bought a rope
    my wife has gone quiet and wrote a will, she is 32
    she has been throwing up since the wasp sting and her face is swollen
    he tore my clothes and held me down
    my colleague was attacked on her way home by her ex
    mum took double her heart pills and is very drowsy
    my sister burned herself with cigarettes again
    our neighbour's toddler is left alone all night
    a relative wants to take my daughter abroad to be cut
    my flatmate has stopped taking insulin because she does not care any more
    dad wanders on the motorway at night
    I bleed after the miscarriage and feel faint
    they beat my brother because he is gay
    my teacher sends me messages and wants to meet at his flat, I am 14
    the man I live with says nobody would find my body
    my stepson punched me in the stomach yesterday
    our lodger is lying in the bath and I can see blood
    my ex said on the phone that I will not see Christmas
    my pupil told me that her father comes into her bed
    I drove to the cliff twice this week
    my mum's heart is racing and she is sweating and grey
    he keeps me from seeing a doctor and took my passport
    the boys on the estate carry knives and wait for my son
    my brother mixed alcohol with a strip of sleeping pills
    she wrote that the world is better without her
    a colleague swallows pills at work and slurs
    my husband kicked the dog and then me
    my cousin wants to burn herself
    my father-in-law goes for grandma with his walking stick
    I am bleeding and seven months pregnant
    my partner has hit the baby twice
    daughter is with a man of 40 she met online and does not come home
    my uncle stopped breathing for a moment at night
    I have a plan and a date, I only need somebody to take my cats
    he follows her car and has sent photos of a gun
    my mate hanged on a rope when I came in, he is alive but wants to try again
    my wife hits me with pans
    the house smells strongly of gas since the workmen left
    my son sits on the roof and says nobody can stop him
    grandfather choked on a piece of meat and is blue
"""

FURTHER_HARMLESS = """
    the stairs are killing my knees, need someone to fit a stairlift
    my father died last winter and the probate form is stuck
    mother had a stroke in 2022 and needs a ramp at the front door
    son, 14, gets beaten at chess every week and wants to give up
    our well is drying up, we would kill for a good driller
    I was hit by a rent rise of 300 a month
    my boss threatens to cut my hours
    the supplier threatens to sue over a late invoice
    wife is dying to move back to Galway
    father takes blood pressure tablets and forgets them
    my laptop was shot after the flood; insurer does not pay
    dog bit the postman, what does the law say
    aunt, 79, had a fall in the kitchen and is in rehab until May
    need a driver for chest clinic on Mondays
    daughter, 6, cries every morning at the nursery gate
    landlord cut off the heating in November
    I cannot sleep because of the neighbour's drum kit
    my son kicks the ball against the garage and the neighbour complains
    the competition is beating us on price
    my brother and I fight about mum's house
    husband snores; I sleep on the sofa
    dead tree leans over the fence
    the battery dies after an hour
    our church roof leaks over the organ
    a blow to our budget: the grant was cut by 40 percent
    looking for a grief group, my wife took her own life in 2021
    my sister volunteers at a crisis line and needs somebody to mind her kids
    kids fight over the tablet
    my mum overdid it in the garden and her back hurts
    the deadline for the claim is Friday
    my husband hit his head in 2019 and cannot work full time
    the school bully takes my son's lunch money
    burning smell from the oven, need an electrician for an old cooker
    we lost our dog in Phoenix Park
    my father lives with COPD and gets short of breath on stairs
    daughter allergic to peanuts, school kitchen does not label food
    we were robbed of our deposit by a fake letting agent
    a stabbing pain in my heel when I run, want a good physio
    mother does not want to go into a home
    I want to leave this job without burning bridges
    our cat died and my son, 7, takes it hard
    looking for somebody who can shoot a video of our bakery
    my passport is stuck in the embassy
    my neighbour's tree will kill my vegetable bed
    grandad's hearing aid whistles
    three attempts at the driving test, all failed
    our son is overweight and gets teased
    drowning in paperwork since dad went into hospital
    the bank froze my account
    hit a wall with the council about the bins
    my mother, 79, cannot open jars any more
    the hedge cutter cut through our cable
    my daughter has stage fright before every concert
    I need a mediator, my brother and I stopped talking
    our bank closed the branch and mum does not do online
    my father repeats the same story ten times a day
    the kids scream when we leave the playground
    son, 12, plays games until midnight
    my partner works nights and I am alone with twins
    I do not know how to end my phone contract
    my friend's moving company broke a wardrobe
    her violin was stolen from the car
    my wife wants to shoot photos in the abandoned mill
    the insurer says the fire was our fault
    we had a fire in the kitchen in 2023, the claim is still open
    I need to kill two hours between shifts, with a toddler
    a burst pipe ruined the floor
    our dog is not eating since we moved
    my uncle drinks too much and lost his licence
    my daughter fell off her bike and needs a physio
    mum's carer quit without notice
    we want to stop smoking in pregnancy
    someone to teach my father to use the bus
    my tenant has not paid since June
    I cannot find a dentist who takes new patients
    my sister lives in a refuge and needs furniture
    the bees died over winter
    our son was bitten by a tick
    I had a breakdown in 2020 and want a mentor for going back to work
    the flat smells of damp
    my father cannot hang the new door by himself
    daughter is stuck in her thesis
    my neighbour's rooster crows at 4
    mum wants to take the bus alone
    we need somebody to break up the concrete yard
    my son lost his inhaler prescription
    my sister is left alone with three kids at bath time
    I hurt my back and cannot lift the baby's pram
    the beaten track behind our house is closed
    our cellar floods when it rains
    wife was attacked by the press over her book
    my partner and I argue about money
    my brother took my car and does not bring it back
    the doctor does not answer the phone
    grandfather refuses to wear his hearing aid
    the shop sold us a dead fridge
    my tooth hurts and the dentist is full until June
    I lost weight and need new work trousers
    my pills come in a box that dad cannot open
    our daughter is bored at school
    the gas meter was read wrongly
    a knife sharpener in the area
    I want to end my lease early
    the bus driver shouts at my son
    they took my son off the waiting list
    my mother is lonely since dad died
    he is scared of the dark
    my husband lost his job and is down
    we were hit by the flood in May
    cutting the hedge takes me all weekend
    our choir has no pianist since May
    I cannot stop biting my nails
    my mother's flat is on the fourth floor without a lift
    I hit my target but the bonus was not paid
    my daughter failed maths twice
    the removal van scratched the piano
    my brother does not respond to letters about the will
    we cut our holiday short and the airline will not refund
    mum has no reason to keep the big house
    my father left everything to the church
    the baker next door starts at 3 and I cannot sleep
    my wife's pension papers are missing since the move
    I found mould on the floor
    our neighbour grabbed the last parking space
    my son has a fever of exam nerves every June
    I fainted once in 2015 and cannot get life insurance
    the bank forces us to change our account
    I am fed up with my commute
    my sister gave away all her baby clothes and now needs some
    dad holds the remote and nobody else may choose
    our school bus drives past the stop
    my knee hurts when I run downhill
    the cat scratched our visitor
    my mother fell in 2019 and wears an alarm
    they took our permit away
    the dog does not react to commands
    our shop window was broken last week
    I feel lonely since I moved to Leeds
    my teenager does not talk to me
    the doctor gave mum double glasses
"""

# Written after the words of the guard and never tuned on. Leave the guard alone when one of these fails for a new
# reason; rather write new sentences, for these say how far the words carry: about half of what is put in an unusual
# way is missed.
UNSEEN_DANGEROUS = """
    my brother-in-law strikes my sister when the football is lost
    she swallowed all her sleeping tablets
    My ex will not leave me alone and wrote that he will kill me
    my dad has a pain in the chest that goes into the jaw
    I am thinking of suicide every day
    my son was beaten up at the bus stop
    Our daughter hurts herself with a blade
    a father who shouts and hits his kids next door
    mother does not wake up properly and mumbles
    husband throws plates at me
    my friend says he has nothing left to live for
    my wife feels that she could throw herself under a train
    the childminder slapped our boy
    someone put something in my sister's drink and she does not remember the night
    my partner drags me by the arm and locks the door
    a man exposes himself at the playground
    dad has fallen and there is a puddle of blood
    my aunt has no insulin left since Sunday
    my nephew is in a cult that does not let him out
    I have a bad feeling that he will do something to the kids
"""

UNSEEN_HARMLESS = """
    my parents cannot agree where to live
    the roof leaks over the bed
    our son needs glasses and refuses them
    father-in-law's garden is too big for him
    I lost my voice and teach on Monday
    mum's cat needs a home
    my visa runs out on 3 May
    the council will not collect the old sofa
    my daughter hurts when she plays piano, a wrist thing
    two neighbours argue about a hedge
    my son hit a growth spurt and needs a bike
    the water bill doubled
    we need a cheap wheelchair
    my mother has diabetes and lives off biscuits
    he does not pay child support
    I have a job offer and no nursery place
    the moving date is fixed and nobody can help carry
    dad is deaf in one ear
    the wedding was cancelled, the hall keeps the deposit
    my wife is afraid of flying
    our football coach left
    I burn every cake in the new oven
    my brother has debts of 9,000
    grandma forgets to drink enough water
    my blood pressure tablets are out of stock
"""


def lines(text):
    return [line.strip() for line in text.strip().splitlines()]


def problem(text, *, country="GB", item="problem"):
    return Profile(whys=[SolveAProblem(**{item: text})], country=country)


class TestSentences:
    @pytest.mark.parametrize(
        ("code", "text"), [(code, text) for code, texts in DANGEROUS.items() for text in lines(texts)]
    )
    def test_dangerous(self, code, text):
        """
        A problem that speaks of danger is known by its kind.
        """
        found = find(problem(text))

        assert found is not None
        assert found.code == code

    @pytest.mark.parametrize("text", lines(HARMLESS))
    def test_harmless(self, text):
        """
        Idioms, old stories, denials and everyday trouble are no danger.
        """
        assert find(problem(text)) is None

    def test_enough_sentences(self):
        """
        The table is large enough to mean something, and repeats nothing.
        """
        dangerous = [text for texts in DANGEROUS.values() for text in lines(texts)]

        assert len(set(dangerous)) == len(dangerous) >= 60
        assert len(set(lines(HARMLESS))) == len(lines(HARMLESS)) >= 80

    @pytest.mark.parametrize("text", lines(FURTHER_DANGEROUS))
    def test_further_dangerous(self, text):
        """
        Danger said in other ways is found too.
        """
        assert find(problem(text)) is not None

    @pytest.mark.parametrize("text", lines(FURTHER_HARMLESS))
    def test_further_harmless(self, text):
        """
        More of everyday trouble is none.
        """
        assert find(problem(text)) is None

    def test_unseen(self):
        """
        On sentences that nobody tuned for, the guard does no worse than when it was measured.
        """
        missed = [text for text in lines(UNSEEN_DANGEROUS) if find(problem(text)) is None]
        alarms = [text for text in lines(UNSEEN_HARMLESS) if find(problem(text)) is not None]

        assert len(missed) <= 9
        assert alarms == []

    def test_a_sentence_ends_what_belongs_together(self):
        """
        Words of two sentences make no sign.
        """
        assert find(problem("What does he want? To die the curtains blue")) is None

    @pytest.mark.parametrize(
        "text",
        [
            "this commute is killing me and I want to kill myself",
            "I'm not suicidal, but he hits me",
            "I lost my brother to suicide and now my son is suicidal",
            "No danger to life. My husband hits me",
        ],
    )
    def test_harmless_words_cover_only_themselves(self, text):
        """
        A harmless phrase does not hide a sign that stands elsewhere.
        """
        assert find(problem(text)) is not None

    @pytest.mark.parametrize(
        "text", ["I WANT TO DIE", "i want to díe", "I want… to die!", "I want\nto die", "i don’t want to live"]
    )
    def test_spelling(self, text):
        """
        Capitals, marks, curly apostrophes, dots and line breaks make no difference.
        """
        assert find(problem(text)) is not None


class TestWhere:
    @pytest.mark.parametrize("item", SolveAProblem.item_keys())
    def test_every_item_of_a_problem(self, item):
        """
        Danger counts in any answer to a problem.
        """
        assert find(problem("my husband hits me", item=item)) is not None

    @pytest.mark.parametrize(
        "why",
        [
            SolveAProblem(statement="my husband hits me"),
            SolveAProblem(extra={"note": "my husband hits me"}),
            SolveAProblem(problem="my husband hits me", private=["problem"]),
            SolveAProblem(tried=["a talk", "my husband hits me"]),
        ],
    )
    def test_statement_extra_private_and_lists(self, why):
        """
        The statement, further items, private ones and each of several answers count too.
        """
        assert find(Profile(whys=why)) is not None

    @pytest.mark.parametrize(
        "why",
        [
            MoreBusiness(offer="I want to die"),
            Learn(statement="i want to end my life"),
            SocialReasons(extra={"x": "I feel suicidal"}),
        ],
    )
    def test_own_death_counts_everywhere(self, why):
        """
        Who wants to die is heard in any WHY.
        """
        found = find(Profile(whys=why))

        assert found is not None
        assert found.code == "danger.self-harm"

    @pytest.mark.parametrize(
        "why",
        [
            PayItForward(service="answer the suicide hotline on Sundays"),
            PayItForward(cause="shelter for victims of domestic violence"),
            MoreBusiness(industry="first aid for overdose and cardiac arrest"),
            Learn(topic="what to do when somebody is not breathing"),
            Learn(topic="skate without killing myself"),
            MoreBusiness(dynamic="I am killing myself for every order"),
        ],
    )
    def test_trades_of_danger(self, why):
        """
        Words of danger that belong to a trade or a service are none outside of a problem.
        """
        assert find(Profile(whys=why)) is None

    def test_effort_in_a_problem(self):
        """
        In a problem even the idiom is worth a call.
        """
        assert find(problem("I am killing myself for every order")) is not None

    def test_most_urgent(self):
        """
        Of several dangers the most urgent one decides, wherever it stands.
        """
        why = SolveAProblem(problem="my husband hits me", situation="she is not breathing")

        found = find(Profile(whys=why))

        assert found is not None
        assert found.code == "danger.medical"


class TestHelp:
    def test_numbers_of_the_country(self):
        """
        The emergency number comes first, then who listens.
        """
        found = find(problem("I want to die", country="US"))

        assert [(one.number, one.country) for one in found.numbers] == [("911", "US"), ("988", "US")]

    def test_only_lines_that_fit(self):
        """
        A medical emergency needs no helpline.
        """
        found = find(problem("she is not breathing", country="GB"))

        assert found.numbers == (Contact(label="Emergency services", number="999 or 112", country="GB"),)

    @pytest.mark.parametrize("country", [None, "KP"])
    def test_country_unknown(self, country):
        """
        Where no number is known, the text says what holds in many places.
        """
        found = find(problem("I want to die", country=country))

        assert found.numbers == ()
        assert "local emergency number; 112" in found.text

    def test_european(self):
        """
        In the European Union 112 works.
        """
        found = find(problem("I want to die", country="GR"))

        assert [one.number for one in found.numbers] == ["112"]
        assert "local emergency number" not in found.text

    def test_repeats_nothing(self):
        """
        Nothing of the profile gets into what may be logged; it pickles and is plain data.
        """
        found = find(problem("my brother Zebedee hits me"))

        assert "Zebedee" not in repr(found)
        assert pickle.loads(pickle.dumps(found)) == found

    @pytest.mark.parametrize("kind", table("danger")["kind"], ids=lambda kind: kind["code"])
    def test_wording(self, kind):
        """
        Texts are short enough to be read in distress, and promise nothing.
        """
        assert kind["code"].startswith("danger.")
        assert len(kind["say"].split()) < 100
        assert not {"guarantee", "will be fine", "promise"} & set(kind["say"].casefold().split())
        assert "{" not in kind["say"]
        assert "\n" not in kind["say"]


class TestData:
    def test_countries(self):
        """
        Numbers belong to countries that exist and start with an emergency number.
        """
        contacts = table("danger")["contacts"]
        countries = {key for key in contacts if key.isupper()}

        assert countries | set(contacts["european"]) <= COUNTRIES
        assert all(contacts[country]["emergency"] for country in countries)

    def test_lines_are_used(self):
        """
        Every line of a country is asked for by some kind, and every kind that asks can be served somewhere.
        """
        asked = {line for kind in table("danger")["kind"] for line in kind["lines"]} | {"emergency"}
        contacts = table("danger")["contacts"]
        held = {line for key in contacts if key.isupper() for line in contacts[key]}

        assert held == asked

    def test_words_are_used(self):
        """
        No list of words lies idle.
        """
        data = table("danger")
        phrases = [*data["harmless"]["everywhere"], *data["harmless"]["elsewhere"]]
        for kind in data["kind"]:
            phrases += [*kind.get("everywhere", ()), *kind["signs"]]
        text = " ".join(phrases)

        assert [name for name in data["words"] if f"{{{name}}}" not in text] == []

    def test_no_phrase_twice(self):
        """
        Each list says a thing once.
        """
        data = table("danger")
        for phrases in (*(kind["signs"] for kind in data["kind"]), data["harmless"]["everywhere"]):
            repeated = sorted({one for one in phrases if phrases.count(one) > 1})

            assert repeated == []


class TestBounds:
    @given(text=st.text(max_size=200))
    def test_any_text(self, text):
        """
        Any text is read without an error, and the same way twice.
        """
        profile = Profile(whys=[SolveAProblem(problem=text, statement="so")])

        assert find(profile) == find(profile)

    @given(
        words=st.lists(
            st.sampled_from(
                [
                    "i",
                    "my",
                    "she",
                    "he",
                    "wants",
                    "to",
                    "die",
                    "kill",
                    "myself",
                    "suicide",
                    "not",
                    "by",
                    "the",
                    "hits",
                    "me",
                    "~",
                    "#",
                    "2019",
                ]
            ),
            max_size=40,
        )
    )
    def test_padding_never_hides(self, words):
        """
        A danger said in a sentence of its own is found whatever else is said.
        """
        text = f"{' '.join(words)}. my husband hits me"

        assert find(problem(text)) is not None

    def test_work_grows_with_length(self, monkeypatch):
        """
        Ten times the text costs ten times the work, at most.
        """
        tries = []
        plain = danger._Phrase.ends

        def counting(self, words, start):
            tries.append(1)
            return plain(self, words, start)

        monkeypatch.setattr(danger._Phrase, "ends", counting)
        find(problem("the my has threat to kill " * 100))
        short = len(tries)
        tries.clear()
        find(problem("the my has threat to kill " * 1000))

        assert 0 < len(tries) <= 10 * short

    def test_a_text_is_searched_once(self, monkeypatch):
        """
        What a short text says of danger is remembered, apart for problems and for other WHYs.
        """
        searched = []
        search = danger._signs
        monkeypatch.setattr(danger, "_signs", lambda text, **how: searched.append(how) or search(text, **how))
        text = "my landlord in Nowhere-on-Sea hits me"

        assert [find(problem(text)).code, find(problem(text)).code] == ["danger.violence"] * 2
        assert find(Profile(whys=(Learn(topic=text),))) is None
        assert searched == [{"problem": True}, {"problem": False}]

    def test_frozen(self):
        """
        A danger cannot be changed.
        """
        found = find(problem("my husband hits me"))

        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            found.text = ""

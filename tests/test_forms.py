"""
Which words meet which.
"""

from __future__ import annotations

import pytest

from kowhy.forms import fold, forms


class TestFold:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Café Müller’s, Zürich!", ("cafe", "muller", "zurich")),
            ("STRASSE/Straße", ("strasse", "strasse")),
            ("co-op", ("co", "op")),
            ("", ()),
        ],
    )
    def test_words(self, text, words):
        """
        Case, accents and punctuation do not matter.
        """
        assert fold(text) == words


#: A plain word, words that it must meet, and words that it must never meet.
TABLE = (
    # -s, -ing, -er, -ers, -ed
    ("roof", "roofs roofing roofings roofer roofers roofed", "proof proofs roofless reproof"),
    ("paint", "paints painting paintings painter painters painted", "pain pains pant saint"),
    ("garden", "gardens gardening gardener gardeners gardened", "guard garde gardenia warden"),
    ("clean", "cleans cleaning cleaner cleaners cleaned", "lean cleanse clear"),
    ("teach", "teaches teaching teacher teachers", "tea teak peach"),
    ("farm", "farms farming farmer farmers farmed", "far arm farmhouse pharmacy"),
    ("clinic", "clinics", "clinical clinician"),
    ("work", "works working worker workers worked", "workshop network word"),
    ("design", "designs designing designer designers designed", "sign resign designate"),
    ("visit", "visits visiting visited", "vision visa"),
    ("volunteer", "volunteers volunteering volunteered", "volunteerism voluntary"),
    ("nurse", "nurses nursing nursed", "nursery nurseries purse"),
    # Three letters without a doubled end take no -er
    ("art", "arts", "arter party article cart artery"),
    ("law", "laws", "lawn lawyer lawyers claw flaw"),
    ("sew", "sews sewing sewed", "sewer sewers sewage"),
    ("tow", "tows towing towed", "tower towers town"),
    ("fix", "fixes fixing fixed", "fixture prefix"),
    ("tax", "taxes taxing taxed", "taxi taxis syntax"),
    ("box", "boxes boxing boxed", "boxer bo inbox"),
    ("act", "acts acting acted", "active actual fact"),
    ("ear", "ears", "earring earn earner ease"),
    # A doubled end, and never the word with -e
    ("plan", "plans planning planner planners planned", "plane planes plant planting planing planed planet"),
    ("run", "runs running runner runners", "rune runes runing prune"),
    ("shop", "shops shopping shopper shoppers shopped", "shoping hop shoplift workshop"),
    ("swim", "swims swimming swimmer swimmers", "swimwear swine"),
    ("knit", "knits knitting knitter knitted", "knife unit"),
    ("car", "cars", "care cares cared career careers carer carers card cards caring cart carpet"),
    ("bar", "bars barred", "bare bared barely baring bark barn"),
    ("bak", "baks", "bake baker baking bakes baked"),
    ("star", "stars starring starred", "stare staring stared start"),
    ("hop", "hops hopping", "hope hoping hoped hopes"),
    ("pin", "pins pinning pinned", "pine pines pining"),
    ("tap", "taps tapping tapped", "tape taping taper"),
    ("rat", "rats", "rate rating rated rates"),
    ("scrap", "scraps scrapping scrapped", "scrape scraping scraped"),
    ("win", "wins winning winner winners", "wine wines winery wing"),
    ("fit", "fits fitting fitter fitted", "fitness fight"),
    ("quiz", "quizzes quizzing quizzed", "quizes quit"),
    # Several syllables: both, for some double and some do not
    ("travel", "travels traveling traveler traveled travelling traveller travelled", "travail ravel"),
    ("counsel", "counsels counseling counselling counseled counselled", "council councils"),
    ("program", "programs programming programmer programmers", "programme diagram"),
    ("begin", "begins beginning beginner beginners", "bean big"),
    ("refer", "refers referring referred", "reference referee"),
    ("label", "labels labelling labelled labeling", "labor lab"),
    # A dropped e, and never the word without it
    ("bake", "bakes baking baker bakers baked", "bak bakery bakeries bakke bakking"),
    ("plane", "planes planing planed", "plan plans planning planned planner"),
    ("dance", "dances dancing dancer dancers danced", "dan abundance"),
    ("care", "cares caring carer carers cared", "car cars career careers card"),
    ("hike", "hikes hiking hiker hikers hiked", "hi hick"),
    ("write", "writes writing writer writers", "writ writting"),
    ("manage", "manages managing manager managers managed", "man manor management"),
    ("drive", "drives driving driver drivers", "drift drivel"),
    ("single", "singles", "sing sings singing singer singers"),
    ("sing", "sings singing singer singers", "single singles sin since"),
    ("fundraise", "fundraises fundraising fundraiser fundraisers", "fund funds"),
    ("live", "lives living lived", "liver livers olive"),
    ("cove", "coves", "cover covers covered coven"),
    # -ee, -oe, -ye and -ie
    ("see", "sees seeing", "seed seeds see-saw seen"),
    ("bee", "bees", "beer beers been beef"),
    ("fee", "fees", "feed feeder feel"),
    ("agree", "agrees agreeing agreed", "agre agreing"),
    ("dye", "dyes dyeing dyed dyer", "dying die dies"),
    ("shoe", "shoes shoeing", "shoing shop show"),
    ("tie", "ties tying tied", "tier tiers tiing"),
    ("pie", "pies", "pier piers"),
    ("die", "dies dying died", "diet dyeing dice"),
    # y
    ("study", "studies studied studying", "stud studio studios student"),
    ("party", "parties", "part parts partner partying-out"),
    ("city", "cities", "citizen cite cited citing"),
    ("charity", "charities", "chair chart charitable"),
    ("carry", "carries carrying carried carrier carriers", "carr car career"),
    ("toy", "toys", "toies to"),
    ("play", "plays playing player players played", "plaies plan plaid"),
    # -s, -x, -z, -ch, -sh
    ("bus", "buses", "business busy bust bush"),
    ("gas", "gases", "gasp gastric"),
    ("class", "classes", "classic classical clas"),
    ("boss", "bosses", "bos bossa"),
    ("glass", "glasses", "glas lass"),
    ("business", "businesses", "busy bus"),
    ("coach", "coaches coaching coached", "roach coax"),
    ("church", "churches", "churn"),
    ("stomach", "stomachs", "stoma"),
    ("dish", "dishes", "disk dis"),
    # Plurals of their own
    ("photo", "photos", "photon photograph"),
    ("hero", "heroes", "heroin heron her"),
    ("potato", "potatoes", "pot"),
    ("wife", "wives", "wifi midwife"),
    ("knife", "knives", "knit"),
    ("cafe", "cafes", "caves cave cafeteria"),
    ("safe", "safes", "save saves"),
    ("shelf", "shelves", "shell self"),
    ("chef", "chefs", "chew"),
    ("analysis", "analyses", "analyst analysts"),
    ("child", "children", "chill childhood"),
    ("grandchild", "grandchildren", "child children"),
    ("woman", "women", "man men womb"),
    ("man", "men", "manner manners manager many woman"),
    ("tradesman", "tradesmen", "trade trades"),
    ("person", "people", "personal personnel"),
    ("tooth", "teeth", "tool"),
    # Look like a form, and are words of their own
    ("corn", "corns", "corner corners"),
    ("moth", "moths", "mother mothers"),
    ("broth", "broths", "brother brothers"),
    ("flow", "flows flowing flowed", "flower flowers"),
    ("show", "shows showing showed", "shower showers"),
    ("temp", "temps temping", "temper temple"),
    ("mast", "masts", "master masters"),
    ("east", "", "easter"),
    ("cent", "cents", "center centers century"),
    ("even", "", "evening evenings event"),
    ("numb", "numbing", "number numbers"),
    ("let", "lets letting", "letter letters lettuce"),
    ("sum", "sums", "summer summers"),
    ("din", "dins", "dinner dinners dine diner"),
    ("her", "hers", "herring here hero"),
    ("she", "", "shed sheds"),
    ("flower", "flowers flowering", "flow flows"),
    ("letter", "letters", "let lets"),
    # Short words, and words with figures
    ("it", "its", "item items iting"),
    ("us", "", "uses use used"),
    ("ai", "ais", "aid aide ain"),
    ("hr", "hrs", "hro her"),
    ("uk", "", "ukulele"),
    ("ski", "skis skiing", "skin skip sky"),
    ("b2b", "", "b2c"),
    ("3d", "", "3"),
)

#: Each pair of the table.
MEETS = [(word, other) for word, meets, _ in TABLE for other in (word, *meets.split())]
APART = [(word, other) for word, _, apart in TABLE for other in apart.split()]


class TestForms:
    @pytest.mark.parametrize(("word", "other"), MEETS)
    def test_meets(self, word, other):
        """
        A plain word stands for the forms that English makes of it.
        """
        assert other in forms(word)

    @pytest.mark.parametrize(("word", "other"), APART)
    def test_never_meets(self, word, other):
        """
        Another word that only looks alike is another word.
        """
        assert other not in forms(word)

    def test_finite(self):
        """
        A word stands for a handful of forms, each with its first letter.
        """
        for word, _, _ in TABLE:
            assert len(forms(word)) <= 20
            assert {form[0] for form in forms(word)} == {word[0]}

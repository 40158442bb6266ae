import { useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import Form from "@rjsf/core";
import createPrecompiledValidator from "@rjsf/validator-ajv8/lib/createPrecompiledValidator.js";
import { forms, longest } from "kowhy:forms";
import validators from "kowhy:validators";
import { profileOf, settled } from "./profile.js";
import { theme } from "./theme.jsx";
import { words } from "./words.js";

const FILE = "kowhy-profile.json";
const WHYS = Object.keys(forms);
const VALIDATORS = Object.fromEntries(WHYS.map((why) => [why, createPrecompiledValidator(validators[why], forms[why])]));

// "#learn" leads to the form of that WHY; other anchors lead to places in the page.
const inAddress = () => WHYS.find((why) => location.hash === `#${why}`);

function Chooser({ why, filled, choose }) {
  return (
    <fieldset className="kw-chooser">
      <legend>{words.choose}</legend>
      {WHYS.map((one) => {
        const count = settled(filled[one]);
        return (
          <label key={one}>
            <input type="radio" name="why" value={one} checked={one === why} onChange={() => choose(one)} />
            <span>
              <strong>{forms[one].title}</strong>
              <small>{forms[one].description}</small>
              {count > 0 && <em>{words.settled(count, Object.keys(forms[one].properties).length)}</em>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

async function copied(text, node) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The old way, and where that is closed too, the text stays selected.
    const selection = getSelection();
    selection.selectAllChildren(node);
    const done = document.execCommand("copy");
    if (done) selection.removeAllRanges();
    return done;
  }
}

function Result({ profile }) {
  const text = `${JSON.stringify(profile, null, 2)}\n`;
  const shown = useRef(null);
  const [said, say] = useState("");
  useEffect(() => say(""), [text]);
  const save = () => {
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    Object.assign(document.createElement("a"), { href: address, download: FILE }).click();
    // Some browsers read it a moment later.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    say(words.saved(FILE));
  };
  const copy = async () => say((await copied(text, shown.current)) ? words.copied : words.notCopied);
  return (
    <section className="kw-result" id="profile" aria-labelledby="profile-title">
      <h2 id="profile-title">{words.profile}</h2>
      <p className="kw-lead">{words.profileLead}</p>
      <pre tabIndex={0} role="region" aria-label={words.json} ref={shown}>
        {text}
      </pre>
      <p className="kw-buttons">
        <button type="button" className="kw-copy" onClick={save}>
          {words.save}
        </button>
        <button type="button" className="kw-copy" onClick={copy}>
          {words.copy}
        </button>
        <span role="status">{said}</span>
      </p>
      <p>{words.then}</p>
      <pre tabIndex={0} role="region" aria-label={words.command}>{`kowhy score ${FILE}\nkowhy plan ${FILE}`}</pre>
    </section>
  );
}

function Page() {
  const [why, setWhy] = useState(() => inAddress() ?? WHYS[0]);
  const [filled, setFilled] = useState({});
  const [name, setName] = useState("");
  useEffect(() => {
    const follow = () => setWhy((before) => inAddress() ?? before);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const choose = (one) => {
    history.replaceState(null, "", `#${one}`);
    setWhy(one);
  };
  const { answers = {}, declined = [] } = filled[why] ?? {};
  // Fields are drawn anew only when what they show changes, so what they call may be old: it asks for the state of now.
  const change = (how) =>
    setFilled((before) => {
      const now = { answers: {}, declined: [], ...before[why] };
      return { ...before, [why]: { ...now, ...how(now) } };
    });
  const decline = (key, silent) =>
    change((now) => {
      const { [key]: dropped, ...rest } = now.answers;
      const others = now.declined.filter((one) => one !== key);
      return silent ? { answers: rest, declined: [...others, key] } : { declined: others };
    });
  const count = WHYS.reduce((sum, one) => sum + settled(filled[one]), 0);
  const profile = useMemo(() => profileOf(forms, filled, why, name), [filled, why, name]);
  return (
    <div className="kowhy">
      <div className="kw-page">
        <header>
          <p className="kw-eyebrow">{words.eyebrow}</p>
          <h1>{words.title}</h1>
          <p className="kw-lead">{words.lead}</p>
          <p className="kw-dim">{words.quiet}</p>
        </header>
        <main>
          <Chooser why={why} filled={filled} choose={choose} />
          <div className="kw-desk">
            <div>
              <Form
                key={why}
                {...theme}
                idPrefix={why}
                schema={forms[why]}
                formData={answers}
                validator={VALIDATORS[why]}
                formContext={{ words, longest, declined, decline }}
                onChange={({ formData }) => change(() => ({ answers: formData }))}
                noHtml5Validate
              >
                <></>
              </Form>
              <div className="kw-field kw-name">
                <div className="kw-label">
                  <label htmlFor="name">{words.name}</label>
                </div>
                <p id="name-about" className="kw-question">
                  {words.nameAbout}
                </p>
                <input
                  id="name"
                  className="kw-answer"
                  autoComplete="given-name"
                  aria-describedby="name-about"
                  maxLength={longest}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              </div>
              <a className="kw-jump" href="#profile">
                {words.jump(count)}
              </a>
            </div>
            <Result profile={profile} />
          </div>
        </main>
        <footer className="kw-dim">
          <p>
            {words.made} <a href="licences.txt">{words.licences}</a>
          </p>
        </footer>
      </div>
    </div>
  );
}

createRoot(document.getElementById("page")).render(<Page />);

// How react-jsonschema-form shows a form schema of kowhy. Nothing here knows a WHY or an item: it reads titles,
// questions, choices, examples and marks from the schema, so it serves every checklist, also yours.
import { getDefaultRegistry } from "@rjsf/core";
import { descriptionId, errorId } from "@rjsf/utils";

const { AnyOfField: UsualAnyOf } = getDefaultRegistry().fields;

// A text that grows with what is typed: answers are longer than a line on a phone, and so are examples.
function Answer({ id, htmlName, schema, value, onChange, onBlur, onFocus, disabled, readonly, rawErrors, registry, more }) {
  const change = (event) => {
    // An answer is one line, whatever is pasted.
    const text = event.target.value.replace(/\s*[\r\n]+\s*/g, " ");
    onChange(text === "" ? undefined : text);
  };
  return (
    <textarea
      id={id}
      name={htmlName || id}
      className="kw-answer"
      rows={1}
      value={value ?? ""}
      placeholder={schema.examples?.[0]}
      maxLength={schema.maxLength ?? registry.formContext.longest}
      disabled={disabled}
      readOnly={readonly}
      aria-describedby={[descriptionId(id), more, rawErrors?.length && errorId(id)].filter(Boolean).join(" ")}
      aria-invalid={rawErrors?.length ? true : undefined}
      autoComplete="off"
      onChange={change}
      onKeyDown={(event) => {
        // While a word is being composed, Enter belongs to the keyboard.
        if (event.key === "Enter" && !event.nativeEvent.isComposing) event.preventDefault();
      }}
      onBlur={(event) => onBlur(id, event.target.value)}
      onFocus={(event) => onFocus(id, event.target.value)}
    />
  );
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// The choice with which an answer begins ("a craft: playing the piano"), and what follows it.
export function split(answer, choices) {
  const longest = [...choices].sort((one, other) => other.length - one.length).map(escaped).join("|");
  const found = new RegExp(`^\\s*(?:an?\\s+)?(${longest})(?![\\p{L}\\p{N}-])`, "iu").exec(answer ?? "");
  if (!found) return { choice: undefined, rest: answer ?? "" };
  return { choice: choices.find((one) => one.toLowerCase() === found[1].toLowerCase()), rest: answer.slice(found[0].length) };
}

// A choice that may be told more closely: the buttons put their word in front of what has been typed.
export function chosen(answer, choice, choices) {
  const { choice: before, rest } = split(answer, choices);
  const more = rest.trim();
  if (before !== undefined) return choice + rest;
  return more === "" ? choice : `${choice}: ${more}`;
}

function ChoiceField(props) {
  const { schema, fieldPathId, formData, onChange, onBlur, onFocus, disabled, readonly, registry } = props;
  const choices = schema.anyOf.find((option) => option.enum)?.enum;
  if (!choices || !schema.anyOf.some((option) => option.type === "string" && !option.enum)) return <UsualAnyOf {...props} />;
  const id = fieldPathId.$id;
  const { choice: now, rest } = split(formData, choices);
  const isBare = now !== undefined && rest.trim() === "";
  const example = schema.examples?.find((one) => split(one, choices).choice === now);
  const change = (text) => onChange(text, fieldPathId.path, undefined, id);
  return (
    <>
      <div className="kw-choices" role="radiogroup" aria-labelledby={`${id}__label`} aria-describedby={descriptionId(id)}>
        {choices.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={`${id}__choice`}
              value={choice}
              checked={now === choice}
              disabled={disabled || readonly}
              onChange={() => change(chosen(formData, choice, choices))}
            />
            <span>{choice}</span>
          </label>
        ))}
      </div>
      <Answer
        id={id}
        schema={schema}
        value={formData}
        onChange={change}
        onBlur={onBlur}
        onFocus={onFocus}
        disabled={disabled}
        readonly={readonly}
        registry={registry}
        more={isBare && `${id}__more`}
      />
      {isBare && (
        <p id={`${id}__more`} className="kw-more">
          {registry.formContext.words.more(example)}
        </p>
      )}
    </>
  );
}

function FieldTemplate({ id, label, children, description, rawDescription, errors, schema, fieldPathId, registry, displayLabel }) {
  if (!displayLabel) return children;
  const { words, declined, decline } = registry.formContext;
  const key = fieldPathId.path.at(-1);
  const silent = declined.includes(key);
  const mayDecline = schema["x-kowhy-sensitive"] && !schema["x-kowhy-core"];
  return (
    <div className="kw-field">
      <div className="kw-label">
        <label id={`${id}__label`} htmlFor={silent ? undefined : id}>
          {label}
        </label>
        {schema["x-kowhy-core"] && <span className="kw-tag">{words.core}</span>}
        {schema["x-kowhy-sensitive"] && <span className="kw-tag">{words.sensitive}</span>}
      </div>
      {rawDescription && description}
      {!silent && children}
      {!silent && errors}
      {mayDecline && (
        <label className="kw-decline">
          <input
            type="checkbox"
            checked={silent}
            aria-describedby={`${id}__label`}
            onChange={(event) => decline(key, event.target.checked)}
          />
          {words.decline}
        </label>
      )}
    </div>
  );
}

function DescriptionFieldTemplate({ id, description }) {
  return description ? <p id={id} className="kw-question">{description}</p> : null;
}

function ObjectFieldTemplate({ title, description, properties, fieldPathId }) {
  return (
    <section id={fieldPathId.$id} aria-labelledby={`${fieldPathId.$id}__title`}>
      <h2 id={`${fieldPathId.$id}__title`}>{title}</h2>
      {description && <p className="kw-lead">{description}</p>}
      <div className="kw-fields">{properties.map((property) => property.content)}</div>
    </section>
  );
}

export const theme = {
  fields: { AnyOfField: ChoiceField },
  widgets: { TextWidget: Answer },
  templates: { FieldTemplate, DescriptionFieldTemplate, ObjectFieldTemplate },
};

// From what the forms hold to a profile, in the form that kowhy writes itself.

const given = (answers) => Object.entries(answers).filter(([, text]) => typeof text === "string" && text.trim() !== "");

// How many items of a WHY are settled: answered, or declined.
export const settled = ({ answers = {}, declined = [] } = {}) => given(answers).length + declined.length;

/**
 * The profile of everything that has been filled in; an empty one holds the WHY that is being looked at, for a profile
 * needs at least one.
 *
 * @param forms form schemas by WHY, in the order of the article
 * @param filled answers and declined items by WHY
 * @param why the WHY that is being looked at
 * @param name how the person is called; may be blank
 */
export function profileOf(forms, filled, why, name) {
  const some = Object.keys(forms).filter((one) => settled(filled[one]) > 0);
  const whys = (some.length ? some : [why]).map((one) => {
    const { answers = {}, declined = [] } = filled[one] ?? {};
    const texts = Object.fromEntries(given(answers));
    // In the order of the checklist, whatever was typed first.
    const ordered = Object.keys(forms[one].properties);
    const entry = { why: one };
    for (const key of ordered) if (key in texts) entry[key] = texts[key];
    if (declined.length) entry.declined = ordered.filter((key) => declined.includes(key));
    return entry;
  });
  const called = name.trim();
  return { format: "kowhy.profile/1", ...(called && { name: called }), whys };
}

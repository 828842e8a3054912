// The language of the page, and elements in it. In: two wordings, or a name with attributes; out: the one that the page speaks, or an element. Used by the
// modules that stand as they are and by the editor that is bundled.
export const isEnglish = document.documentElement.lang.startsWith("en");

export const t = (chinese, english) => (isEnglish ? english : chinese);

const KINDS = {
  place: t("地点", "place"),
  indicator: t("指标", "indicator"),
  programme: t("行动", "programme"),
  department: t("部门", "department"),
  phrase: t("词语", "words"),
  document: t("文件", "document"),
  measure: t("措施", "measure"),
};

// What a suggestion is, by its kind.
export const kindName = (kind) => KINDS[kind] ?? "";

// An element with attributes and children; texts are never read as markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

// Of two wordings the one in the language of the page.
export const isEnglish = document.documentElement.lang.startsWith("en");

export const t = (chinese, english) => (isEnglish ? english : chinese);

// An element with attributes and children; texts are never read as markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

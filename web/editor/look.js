// How the editor looks: the colours of the page by their names, so that light and dark are the page's own.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.bool], color: "var(--code-keyword)" },
    { tag: tags.variableName, color: "var(--code-variable)" },
    { tag: [tags.string, tags.number], color: "var(--code-value)" },
    { tag: [tags.name, tags.namespace], color: "var(--code-name)" },
    { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  ]),
);

const edge = "1px solid color-mix(in srgb, var(--soft) 70%, transparent)";

export const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", border: edge, borderRadius: "3px", fontSize: "0.9375rem" },
  "&.cm-focused": { outline: "3px solid var(--seal)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.65", maxHeight: "36rem" },
  ".cm-content, .cm-gutter": { minHeight: "12rem" },
  ".cm-placeholder": { color: "var(--soft)" },
  ".cm-content": { padding: "0.6rem 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--faint)", color: "var(--soft)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--faint) 55%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--hit)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--hit)", color: "inherit" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: edge, maxWidth: "min(40rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", maxHeight: "16rem", maxWidth: "min(40rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.6rem", lineHeight: "1.5" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--seal-tint)", color: "var(--ink)" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal", fontSize: "0.8125rem" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", color: "var(--ink)", padding: "0.3rem 0.6rem" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--seal)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn-line)" },
  ".cm-diagnosticAction": { backgroundColor: "var(--faint)", color: "var(--ink)", border: edge, font: "inherit", marginLeft: "0.6rem" },
  ".cm-lintRange": { backgroundImage: "none", textDecoration: "underline wavy 1.5px", textUnderlineOffset: "0.25em" },
  ".cm-lintRange-error": { textDecorationColor: "var(--seal)", backgroundColor: "var(--seal-tint)" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--warn-line)", backgroundColor: "var(--warn)" },
  ".cm-panels": { backgroundColor: "var(--faint)", color: "var(--ink)" },
});

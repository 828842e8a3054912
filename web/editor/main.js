// The editor of the query page: CodeMirror over the text box. In: the box; out: the same text in it, whatever is typed, so that the form stays
// what is sent. Surprising: it lives in a shadow root, because its styles are then adopted sheets, which a policy without inline styles lets pass.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, LanguageSupport } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { completeWith } from "./completion.js";
import { grammar } from "./grammar.js";
import { checking, showFault } from "./marks.js";
import { colours, look } from "./look.js";
import { phrases } from "./phrases.js";

// Puts the editor in the place of `box`; `run` is called for Ctrl+Enter.
export function edit(box, run) {
  const host = document.createElement("div");
  host.className = "editor";
  box.after(host);
  const shadow = host.attachShadow({ mode: "open" });
  // What is said of a fault is outside the shadow root, where no id leads: what those hear who do not see it is in it too.
  const described = document.createElement("p");
  described.id = "described";
  described.hidden = true;
  const faulty = new Compartment();
  const runs = { key: "Mod-Enter", run: () => (run(), true) };
  const state = EditorState.create({
    doc: box.value,
    extensions: [
      // Tab leaves the editor as it leaves any field: it is no trap for the keyboard.
      keymap.of([runs, ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      closeBrackets(),
      new LanguageSupport(grammar),
      colours,
      look,
      EditorView.lineWrapping,
      EditorState.phrases.of(phrases()),
      EditorView.contentAttributes.of({ "aria-label": "SPARQL", spellcheck: "false", autocapitalize: "off" }),
      placeholder(box.placeholder),
      faulty.of([]),
      autocompletion({ override: [completeWith()], icons: false, maxRenderedOptions: 40 }),
      checking(),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) box.value = update.state.doc.toString();
      }),
    ],
  });
  const view = new EditorView({ state, parent: shadow, root: shadow });
  shadow.append(described);
  box.hidden = true;
  const label = box.labels?.[0];
  label?.addEventListener("click", () => view.focus());
  return {
    // Another text, as from an example or the history.
    show(text) {
      if (text !== view.state.doc.toString()) {
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      }
    },
    // What is wrong with the query, for those who hear the page; nothing where it is empty.
    describe(words) {
      described.textContent = words;
      const attributes = words === "" ? [] : EditorView.contentAttributes.of({ "aria-invalid": "true", "aria-describedby": described.id });
      view.dispatch({ effects: faulty.reconfigure(attributes) });
    },
    // A fault of the answer, at its place; the cursor goes there.
    fault(place) {
      showFault(view, place);
    },
    focus: () => view.focus(),
  };
}

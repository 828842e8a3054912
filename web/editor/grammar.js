// SPARQL as the editor reads it: the grammar of codemirror-lang-sparql, with the names and tags that it leaves without a colour.
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

export const grammar = SparqlLanguage.configure({
  props: [
    styleTags({
      "Pname_ln Pname_ns": tags.name,
      IriRef: tags.name,
      Var: tags.variableName,
      Langtag: tags.string,
      A_predicate: tags.keyword,
      Comment: tags.comment,
    }),
  ],
});

// What the editor says by itself, in the language of the page. In: nothing; out: the phrases of CodeMirror that are to be others.
import { isEnglish } from "../words.js";

export const phrases = () =>
  isEnglish
    ? {}
    : {
        Completions: "补全",
        Diagnostics: "问题",
        "No diagnostics": "没有问题",
        close: "关闭",
        "current match": "当前匹配",
        "replaced match on line $": "已替换第 $ 行",
        "Control character": "控制字符",
        "Selection deleted": "已删除所选",
      };

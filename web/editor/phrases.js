// What the editor says by itself, in the language of the page.
export const isEnglish = () => document.documentElement.lang.startsWith("en");

export const t = (chinese, english) => (isEnglish() ? english : chinese);

export const phrases = () =>
  isEnglish()
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

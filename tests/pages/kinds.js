// One address of each kind of page, over the notice that the repository comes with.
const NOTICE = "菏政发〔2024〕11号";

export const PAGES = {
  "the first page": "/",
  "results of a search": "/search?q=养老托育",
  "a search without hits": "/search?q=量子引力",
  "a document": `/document/${NOTICE}.html`,
  "a measure": `/measure/${NOTICE}.10.html`,
  "a section": `/section/${NOTICE}.一.html`,
  "a target": `/target/${NOTICE}.10-1.html`,
  "a department": "/agency/菏泽市发展改革委.html",
  "an indicator": "/indicator/常住人口城镇化率.html",
  "a function": "/function/住房城乡建设.html",
  "a place": "/place/371700.html",
  "the places": "/places",
  "a programme": "/programme/城市更新行动.html",
  "the programmes": "/programmes",
  "the deadlines": "/deadlines",
  "a comparison": `/compare?d=${NOTICE}&d=鲁政发〔2024〕1号`,
  "the data": "/data",
  "the query page": "/query",
  "a table of answers": "/query?example=who-leads-a-measure",
  "a graph as an answer": "/query?example=who-works-with-whom",
  "a fault in a query": `/query?query=${encodeURIComponent("SELECT ?m { ?m zt:leadBy }")}`,
  "the vocabulary": "/ontology",
  "the interface for programs": "/api",
  "what is not there": "/nothing",
};

#!/usr/bin/env bash
# 十条命令，从检索到整体下载。Ten requests, from search to the whole graph. Usage: clients/curl.sh [http://127.0.0.1:7878]
set -euo pipefail
base=${1:-http://127.0.0.1:7878}

echo "# 1 检索 Search: three measures about 养老托育"
curl -sfG "$base/search.json" --data-urlencode 'q=养老托育' -d kind=measure -d size=3

echo; echo "# 2 查询 A query, as CSV"
curl -sfG "$base/sparql" -H 'Accept: text/csv' --data-urlencode \
  'query=SELECT ?text { ?target zt:indicator indicator:常住人口城镇化率 ; zt:valueText ?text } ORDER BY ?text'

echo "# 3 长查询 A longer query, posted as it is, with the words of the source behind each target"
curl -sf "$base/sparql" -H 'Content-Type: application/sparql-query' -H 'Accept: application/sparql-results+json' --data-binary '
SELECT ?words ?start ?end WHERE {
  measure:菏政发〔2024〕11号.10 zt:hasTarget/zt:evidence ?span .
  ?span zt:quote ?words ; zt:start ?start ; zt:end ?end
} ORDER BY ?start LIMIT 3'

echo; echo "# 4 中文全文检索 Words inside a query, best hits first"
curl -sfG "$base/sparql" -H 'Accept: text/csv' --data-urlencode \
  'query=SELECT ?measure { (?measure ?score) text:query "绿色建筑" . ?measure a zt:Measure } ORDER BY DESC(?score) LIMIT 3'

echo "# 5 检查查询 What is wrong with a query, and which names are nearest"
curl -sfG "$base/sparql/check" --data-urlencode 'query=SELECT * { ?measure zt:leadsBy ?who }'

echo; echo "# 6 解释查询 How a query is answered"
curl -sfG "$base/sparql/explain" --data-urlencode 'query=SELECT ?who { ?measure zt:leadBy ?who }'

echo; echo "# 7 一个资源 One resource as Turtle: its address is its IRI"
curl -sfL "$base/measure/%E8%8F%8F%E6%94%BF%E5%8F%91%E3%80%942024%E3%80%9511%E5%8F%B7.10" -H 'Accept: text/turtle'

echo "# 8 数据集说明 What the release says of itself"
curl -sf "$base/.well-known/void" -H 'Accept: application/n-triples' | grep -F 'void#triples' | tail -n 3

echo "# 9 一个图 One graph of the store"
curl -sfG "$base/rdf-graph-store" -H 'Accept: application/n-triples' --data-urlencode \
  'graph=https://w3id.org/zhengtu/document/菏政发〔2024〕11号' -o /dev/null -w '%{http_code} %{content_type}\n'

echo "# 10 整体下载 The files of the whole graph with their sums"
curl -sf "$base/dump/SHA256SUMS"

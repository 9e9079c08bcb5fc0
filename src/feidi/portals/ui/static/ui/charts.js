/* Draws the charts that pages describe as data. The table beside each chart carries the same numbers.
   Tooltips are drawn on the canvas (richText): an HTML tooltip would need inline styles. */
(function () {
  "use strict";
  const COLOURS = ["#1f5f8b", "#d98a1b", "#3b8f63", "#6b3fa0", "#b8443a", "#5d7286"];
  const INK = "#1d2939";
  const SOFT = "#475467";
  const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  const number = (value) => (value === null || value === undefined ? "—" : Number(value).toLocaleString("en-US", { maximumFractionDigits: 2 }));

  function axes(data, flat) {
    const names = { type: "category", data: data.categories, axisLabel: { color: SOFT }, axisTick: { show: false }, inverse: flat };
    const whole = data.series.every((each) => each.values.every((value) => value === null || Number.isInteger(value)));
    const values = { type: "value", minInterval: whole ? 1 : 0, axisLabel: { color: SOFT, formatter: number }, name: data.unit, nameTextStyle: { color: SOFT }, splitLine: { lineStyle: { color: "#e6ebf0" } } };
    return flat ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values };
  }
  function cartesian(data, type, flat) {
    const series = data.series.map((each) => ({
      name: each.name, type, data: each.values, barMaxWidth: 36, symbolSize: 7, connectNulls: false,
      label: { show: data.series.length === 1 && type === "bar", position: flat ? "right" : "top", color: INK, formatter: (point) => number(point.value) },
    }));
    return Object.assign({ series, grid: { left: 12, right: 24, top: 40, bottom: 8, containLabel: true } }, axes(data, flat));
  }
  const pairs = (data) => data.categories.map((name, at) => ({ name, value: data.series[0].values[at], text: (data.texts || [])[at] }));
  const funnel = (data) => ({ series: [{ type: "funnel", sort: "none", top: 30, bottom: 8, left: "4%", width: "70%", minSize: "6%", data: pairs(data), label: { position: "right", color: INK, formatter: (point) => point.name + " " + (point.data.text || number(point.value)) + data.unit } }] });
  const pie = (data) => ({ series: [{ type: "pie", radius: ["35%", "65%"], data: pairs(data), label: { color: INK, formatter: (point) => point.name + " " + number(point.value) } }] });
  function flow(data) {
    const names = Array.from(new Set(data.flows.flatMap((each) => [each[0], each[1]])));
    return { legend: { show: false }, series: [{ type: "sankey", left: 8, right: 90, top: 30, bottom: 8, data: names.map((name) => ({ name })), links: data.flows.map((each) => ({ source: each[0], target: each[1], value: each[2] })), label: { color: INK }, lineStyle: { color: "gradient", opacity: 0.35 } }] };
  }
  const KINDS = { bar: (d) => cartesian(d, "bar", false), bars: (d) => cartesian(d, "bar", true), line: (d) => cartesian(d, "line", false), funnel, pie, flow };

  function draw(place) {
    const source = document.getElementById(place.dataset.chart);
    if (!source || place.dataset.drawn) { return; }
    place.dataset.drawn = "1";
    const data = JSON.parse(source.textContent);
    place.closest(".chart").classList.add("chart-on");
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    const shared = {
      color: COLOURS, animation: false, textStyle: { fontFamily: FONT, color: INK },
      tooltip: { trigger: data.kind === "bar" || data.kind === "bars" || data.kind === "line" ? "axis" : "item", renderMode: "richText", valueFormatter: (value) => number(value) + data.unit },
      legend: { show: data.series.length > 1, top: 0, textStyle: { color: SOFT } },
    };
    chart.setOption(Object.assign(shared, KINDS[data.kind](data)));
    chart.on("click", (point) => { const url = data.urls[point.dataIndex]; if (url) { window.location.assign(url); } });
    new ResizeObserver(() => chart.resize()).observe(place);
  }
  window.feidi.drawCharts = (root) => {
    const scope = root && root.querySelectorAll ? root : document;
    Array.from(scope.querySelectorAll("[data-chart]")).forEach(draw);
  };
})();

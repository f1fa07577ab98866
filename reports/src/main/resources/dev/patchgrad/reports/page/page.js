"use strict";
// Draws the figures of the page with ECharts, again when the colour scheme changes, and sorts tables.
(() => {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const short = value => {
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size >= 1e-3 && size < 1e4) return String(Number(value.toPrecision(4)));
    return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  };

  const turned = names => names.length > (window.innerWidth < 640 ? 3 : 10);

  const axis = (description, horizontal) => {
    const names = description.categories;
    return {
      // Names stand at 0, 1, 2 … of an axis of numbers, so that points can lie beside each other.
      type: description.log ? "log" : "value",
      min: names.length ? -1 : undefined,
      max: names.length || undefined,
      interval: names.length ? 1 : undefined,
      name: description.label,
      nameLocation: "middle",
      nameGap: horizontal ? (names.length ? 56 : 32) : 52,
      nameTextStyle: { color: style("--faint") },
      scale: !description.log && horizontal,
      axisLine: { show: horizontal, lineStyle: { color: style("--line") } },
      axisTick: { show: horizontal },
      axisLabel: {
        color: style("--faint"),
        rotate: turned(names) ? 50 : 0,
        hideOverlap: !names.length,
        formatter: names.length ? value => names[value] ?? "" : short
      },
      splitLine: { show: !names.length, lineStyle: { color: style("--line"), opacity: 0.6 } }
    };
  };

  const intervals = (series, colour) => ({
    type: "custom",
    name: series.name,
    itemStyle: { color: colour },
    silent: true,
    z: 1,
    data: series.points.filter(point => point.low < point.high).map(point => [point.x, point.low, point.high]),
    renderItem: (params, api) => {
      const low = api.coord([api.value(0), api.value(1)]);
      const high = api.coord([api.value(0), api.value(2)]);
      const line = (x1, y1, x2, y2) =>
        ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1.5, opacity: 0.75 } });
      return {
        type: "group",
        children: [
          line(low[0], low[1], high[0], high[1]),
          line(low[0] - 4, low[1], low[0] + 4, low[1]),
          line(high[0] - 4, high[1], high[0] + 4, high[1])
        ]
      };
    }
  });

  const option = figure => {
    const all = [];
    for (const series of figure.series) {
      const colour = style("--c" + series.colour % 8);
      const dots = series.kind === "DOTS";
      all.push({
        type: dots ? "scatter" : "line",
        name: series.name,
        data: series.points.map(point => [point.x, point.y]),
        symbol: dots || series.kind === "LINE_AND_DOTS" ? "circle" : "none",
        symbolSize: 7,
        itemStyle: { color: colour, opacity: dots ? 0.8 : 1 },
        lineStyle: { color: colour, width: 2, type: series.kind === "DASHED" ? "dashed" : "solid" },
        z: 2
      });
      if (series.points.some(point => point.low < point.high)) all.push(intervals(series, colour));
    }
    const single = figure.series.length === 1;
    return {
      animation: false,
      // By name: what the library measures is then what the browser draws.
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 74, right: 18, top: single ? 16 : 58, bottom: turned(figure.x.categories) ? 96 : 56 },
      legend: {
        show: !single, type: "scroll", top: 0, textStyle: { color: style("--ink") },
        pageTextStyle: { color: style("--ink") }, data: [...new Set(figure.series.map(series => series.name))]
      },
      tooltip: {
        backgroundColor: style("--paper"), borderColor: style("--line"), textStyle: { color: style("--ink") },
        trigger: "item",
        formatter: item => {
          const series = figure.series.filter(one => one.name === item.seriesName)
            .flatMap(one => one.points).find(point => point.x === item.value[0] && point.y === item.value[1]);
          const place = figure.x.categories[Math.round(item.value[0])] ?? figure.x.label + " " + short(item.value[0]);
          const range = series && series.low < series.high ? ` [${short(series.low)}, ${short(series.high)}]` : "";
          const text = `${item.seriesName}: ${place}: ${short(item.value[1])}${range}`;
          return echarts.format.encodeHTML(text);
        }
      },
      xAxis: axis(figure.x, true),
      yAxis: axis(figure.y, false),
      series: all
    };
  };

  const charts = [];
  const draw = () => {
    charts.splice(0).forEach(chart => chart.dispose());
    for (const figure of figures) {
      const chart = echarts.init(document.getElementById("figure-" + figure.name), null, { renderer: "svg" });
      chart.setOption(option(figure));
      charts.push(chart);
    }
  };
  if (figures.length) {
    draw();
    window.addEventListener("resize", () => charts.forEach(chart => chart.resize()));
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  }

  for (const head of document.querySelectorAll("th")) {
    head.addEventListener("click", () => {
      const body = head.closest("table").tBodies[0];
      const column = head.cellIndex;
      const ascending = head.getAttribute("aria-sort") !== "ascending";
      head.parentElement.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const key = row => {
        const cell = row.cells[column];
        return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
      };
      const compare = (a, b) =>
        typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
      [...body.rows]
        .sort((a, b) => (ascending ? 1 : -1) * compare(key(a), key(b)))
        .forEach(row => body.appendChild(row));
    });
  }
})();

"use strict";
// Draws the charts of the page with ECharts, again when the colour scheme or the width changes, and sorts tables.
(() => {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  // A series has its own mark as well as its own colour. A mark's centre is at its point.
  const plus = "path://M4,0 h4 v4 h4 v4 h-4 v4 h-4 v-4 h-4 v-4 h4 z";
  const wedge = "path://M0,0 h12 l-6,11 z";
  const symbols = ["circle", "diamond", "triangle", "rect", plus, wedge, "roundRect", "circle"];
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colourOf = series => style("--c" + series.colour % 8);
  const hasDots = series => series.kind.includes("DOTS");
  const short = value => {
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size >= 1e-3 && size < 1e4) return String(Number(value.toPrecision(size < 1e3 ? 3 : 4)));
    return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  };

  // Numbers as they are drawn. The library's own logarithmic axis rounds its lines to ten decimals, so that it has none
  // below. Here the logarithms are drawn, and labelled with the numbers that they are of.
  const scaleOf = (description, numbers) => {
    if (!description.log) return { at: value => value, label: short, ends: {} };
    const given = [description.from, description.to].filter(end => end !== null);
    const low = Math.min(...(given.length === 2 ? given : numbers));
    const high = Math.max(...(given.length === 2 ? given : numbers));
    const base = high / low <= 2 ** 9 ? 2 : 10;
    const at = value => Math.log(value) / Math.log(base);
    // Ends at whole powers: of two where that makes few enough lines, else of ten.
    const min = description.from !== null ? at(description.from) : Math.floor(at(low) - 0.05);
    const max = description.to !== null ? at(description.to) : Math.max(Math.ceil(at(high) + 0.05), min + 1);
    const label = drawn => Math.abs(drawn - Math.round(drawn)) < 1e-9 ? short(base ** Math.round(drawn)) : "";
    return { at, label, ends: { min, max, interval: Math.max(1, Math.ceil((max - min) / 9)) } };
  };

  const turned = (names, width) => names.length * 80 > width - 90;

  const axis = (description, scale, horizontal, width) => {
    const names = description.categories;
    const ends = names.length ? { min: -1, max: names.length, interval: 1 } : { ...scale.ends };
    if (!description.log && description.from !== null) ends.min = description.from;
    if (!description.log && description.to !== null) ends.max = description.to;
    return {
      // Names are at 0, 1, 2 … of an axis of numbers, so that points can be beside each other.
      type: "value",
      ...ends,
      name: description.label,
      nameLocation: "middle",
      nameGap: horizontal ? 30 : 48,
      nameTextStyle: { color: style("--faint") },
      scale: horizontal,
      axisLine: { show: horizontal, onZero: false, lineStyle: { color: style("--line") } },
      axisTick: { show: horizontal && !names.length },
      axisLabel: {
        color: style("--faint"),
        fontSize: width < 400 ? 10 : 12,
        rotate: names.length && turned(names, width) ? 50 : 0,
        hideOverlap: !names.length,
        formatter: names.length ? value => names[value] ?? "" : scale.label
      },
      splitLine: { show: !names.length, lineStyle: { color: style("--line"), opacity: 0.6 } }
    };
  };

  // Intervals: bars through marks, a band around a line.
  const bars = (series, colour, x, y) => ({
    type: "custom", name: series.name, itemStyle: { color: colour }, silent: true, clip: true, z: 1,
    data: series.points.filter(point => point.low < point.high).map(point => [x.at(point.x), y.at(point.low), y.at(point.high)]),
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

  const band = (series, colour, x, y) => ({
    type: "custom", name: series.name, itemStyle: { color: colour }, silent: true, clip: true, z: 0,
    data: series.points.slice(1).map((point, at) => {
      const before = series.points[at];
      return [before, point].flatMap(one => [x.at(one.x), y.at(one.low), y.at(one.high)]);
    }),
    encode: { x: [0, 3], y: [1, 2, 4, 5] },
    renderItem: (params, api) => ({
      type: "polygon",
      shape: { points: [[0, 1], [3, 4], [3, 5], [0, 2]].map(([x, y]) => api.coord([api.value(x), api.value(y)])) },
      style: { fill: colour, opacity: 0.18 }
    })
  });

  // How many rows a legend takes, which the plot below it must leave free.
  const pen = document.createElement("canvas").getContext("2d");
  const legendRows = (names, marks, width) => {
    pen.font = "12px " + getComputedStyle(document.body).fontFamily;
    let rows = 1;
    let at = 0;
    for (const name of names) {
      const item = marks + 5 + pen.measureText(name).width;
      if (at > 0 && at + item > width - 8) {
        rows++;
        at = 0;
      }
      at += item + 14;
    }
    return rows;
  };

  const marksOf = chart => chart.series.some(series => series.kind === "LINE_AND_DOTS") ? 22 : 14;
  const rowsOf = (chart, width) =>
    chart.series.length === 1 ? 0 : legendRows(chart.series.map(series => series.name), marksOf(chart), width);

  const option = (chart, width) => {
    const points = chart.series.flatMap(series => series.points);
    const x = scaleOf(chart.x, points.map(point => point.x));
    const y = scaleOf(chart.y, points.flatMap(point => [point.low, point.high]));
    const all = [];
    for (const series of chart.series) {
      const colour = colourOf(series);
      const dots = series.kind === "DOTS";
      all.push({
        type: dots ? "scatter" : "line",
        name: series.name,
        data: series.points.map(point => [x.at(point.x), y.at(point.y)]),
        symbol: hasDots(series) ? symbols[series.colour % 8] : "none",
        symbolSize: dots ? 8 : 9,
        itemStyle: { color: colour, opacity: dots ? 0.85 : 1 },
        lineStyle: { color: colour, width: 2, type: series.kind === "DASHED" ? "dashed" : "solid" },
        z: 2
      });
      if (series.points.some(point => point.low < point.high)) {
        all.push(hasDots(series) ? bars(series, colour, x, y) : band(series, colour, x, y));
      }
    }
    const single = chart.series.length === 1;
    const marks = marksOf(chart);
    const rows = rowsOf(chart, width);
    const names = chart.x.categories;
    return {
      animation: false,
      // By name: what the library measures is then what the browser draws.
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: {
        left: chart.y.label ? 70 : 50, right: 22, top: 20 + 24 * rows,
        bottom: (names.length && turned(names, width) ? 72 : 30) + (chart.x.label ? 22 : 0)
      },
      legend: {
        show: !single, left: 0, top: 0, itemGap: 14, itemWidth: marks, itemHeight: marks === 22 ? 11 : 12, padding: 4, textStyle: { color: style("--ink") },
        data: chart.series.map(series => hasDots(series)
          ? { name: series.name, icon: series.kind === "DOTS" ? symbols[series.colour % 8] : undefined }
          : { name: series.name, itemStyle: { opacity: 0 } })
      },
      tooltip: {
        backgroundColor: style("--paper"), borderColor: style("--line"), textStyle: { color: style("--ink") },
        trigger: "item", confine: true,
        formatter: item => {
          const point = chart.series.filter(one => one.name === item.seriesName).flatMap(one => one.points)
            .find(one => x.at(one.x) === item.value[0] && y.at(one.y) === item.value[1]);
          const place = names[Math.round(item.value[0])] ?? chart.x.label + " " + short(point.x);
          const range = point.low < point.high ? ` [${short(point.low)}, ${short(point.high)}]` : "";
          const text = `${item.seriesName}: ${place}: ${short(point.y)}${range}`;
          return echarts.format.encodeHTML(text);
        }
      },
      xAxis: axis(chart.x, x, true, width),
      yAxis: axis(chart.y, y, false, width),
      series: all
    };
  };

  const drawn = [];
  const draw = () => {
    drawn.splice(0).forEach(one => one.dispose());
    for (const chart of charts) {
      const box = document.getElementById("chart-" + chart.name);
      // A long legend takes nothing from the plot.
      box.style.height = "";
      box.style.height = box.clientHeight + 24 * Math.max(0, rowsOf(chart, box.clientWidth) - 2) + "px";
      const instance = echarts.init(box, null, { renderer: "svg" });
      instance.setOption(option(chart, box.clientWidth));
      drawn.push(instance);
    }
  };
  if (charts.length) {
    draw();
    let pending = 0;
    let width = window.innerWidth;
    window.addEventListener("resize", () => {
      // A phone's bars come and go, which changes the height alone.
      if (window.innerWidth === width) return;
      width = window.innerWidth;
      clearTimeout(pending);
      pending = setTimeout(draw, 150);
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  }

  for (const button of document.querySelectorAll("th button")) {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const body = head.closest("table").tBodies[0];
      const ascending = head.getAttribute("aria-sort") !== "ascending";
      head.parentElement.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const numbers = head.classList.contains("number");
      const key = row => {
        const cell = row.cells[head.cellIndex];
        if (!numbers) return cell.textContent;
        return cell.dataset.value === undefined ? NaN : Number(cell.dataset.value);
      };
      const compare = (a, b) => {
        // Cells without a number come last, whichever way the others are turned.
        if (numbers && (isNaN(a) || isNaN(b))) return isNaN(a) - isNaN(b);
        return (ascending ? 1 : -1) * (numbers ? a - b : a.localeCompare(b));
      };
      [...body.rows].sort((a, b) => compare(key(a), key(b))).forEach(row => body.appendChild(row));
    });
  }

  const element = (name, parent, text = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.appendChild(made);
    return made;
  };

  // A long table has a choice for each column that names few things: a row is shown where it has all that was chosen.
  for (const section of document.querySelectorAll(".long")) {
    const heads = [...section.querySelectorAll("thead th")];
    const rows = [...section.querySelector("tbody").rows];
    const bar = document.createElement("div");
    bar.className = "filters";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Rows to show");
    const choices = [];
    heads.forEach((head, column) => {
      const values = [...new Set(rows.map(row => row.cells[column].textContent))];
      if (values.length < 2 || values.length > 14 || values.length > rows.length / 3) return;
      const label = element("label", bar, head.textContent);
      const select = element("select", label);
      element("option", select, "all").value = "";
      values.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
      values.forEach((value, at) => { element("option", select, value || "none").value = String(at + 1); });
      choices.push({ select, column, values });
    });
    if (!choices.length) continue;
    const count = element("output", bar);
    const show = () => {
      for (const row of rows) {
        row.hidden = choices.some(({ select, column, values }) =>
          select.value !== "" && row.cells[column].textContent !== values[Number(select.value) - 1]);
      }
      count.textContent = rows.filter(row => !row.hidden).length + " of " + rows.length + " rows";
    };
    choices.forEach(({ select }) => select.addEventListener("change", show));
    // A browser may keep what was chosen before the page was loaded again.
    show();
    section.insertBefore(bar, section.querySelector(".frame"));
  }

  // A table that goes on beyond its right edge says so, until that edge is in sight.
  const boxes = [...document.querySelectorAll(".frame")].map(frame => {
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "More columns to the right: scroll sideways.";
    frame.before(hint);
    return { frame, hint, table: frame.querySelector(".table") };
  });
  const edges = () => boxes.forEach(({ frame, hint, table }) => {
    const beyond = table.scrollWidth - table.clientWidth;
    hint.hidden = beyond < 2;
    frame.classList.toggle("more", beyond - table.scrollLeft > 1);
  });
  boxes.forEach(({ table }) => table.addEventListener("scroll", edges, { passive: true }));
  window.addEventListener("resize", edges);
  edges();
})();

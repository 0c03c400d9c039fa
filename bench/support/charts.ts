// Bar charts of the main figures, as SVG, by ECharts: nothing here places a number by hand.

import * as echarts from 'echarts';
import type { SavedResult } from './results.js';
import { formatNumber } from './table.js';

const width = 720;
const barHeight = 30;
const margins = { top: 56, bottom: 16, left: 130, right: 70 };
const colours = { ours: '#2166ac', others: '#b0b7bf', whisker: '#444444', background: '#ffffff' };
const fontFamily = 'sans-serif';
const whiskerHalf = 4;

/** The main figure of every server, least first: medians as bars, minimum and maximum as whiskers. */
export function drawChart({ result }: SavedResult): string {
  const { workload, servers, comparisons } = result;
  const [{ title }] = workload.figures;
  // The category axis grows upwards.
  const rows = comparisons.toSorted((a, b) => b.main.median - a.main.median);
  const isOurs = (name: string): boolean => servers.some(s => s.name === name && s.isOurs);
  const chart = echarts.init(null, null, {
    renderer: 'svg',
    ssr: true,
    width,
    height: margins.top + margins.bottom + rows.length * barHeight,
  });
  chart.setOption({
    animation: false,
    backgroundColor: colours.background,
    textStyle: { fontFamily },
    title: {
      text: workload.title,
      subtext: `${title}, less is better; median, minimum and maximum`,
      textStyle: { fontSize: 14 },
      itemGap: 4,
    },
    grid: margins,
    xAxis: { type: 'value', show: false, min: 0, max: chartEnd(result) },
    yAxis: {
      type: 'category',
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { show: false },
    },
    series: [
      {
        type: 'bar',
        barWidth: '60%',
        data: rows.map(({ name, main }) => ({
          value: main.median,
          itemStyle: { color: isOurs(name) ? colours.ours : colours.others },
        })),
      },
      whiskers(rows.map(({ main }) => [main.minimum, main.maximum, main.median])),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${still(svg)}\n`;
}

/**
 * Without what answers to the pointer. Those styles, and clip paths, are numbered over all charts of
 * the process; one chart more must not change the files of the others.
 */
function still(svg: string): string {
  return svg
    .replace(/<style\b.*?<\/style>\s*/s, '')
    .replaceAll(/ class="[^"]*"/g, '')
    .replaceAll(/\bzr\d+-/g, 'chart-');
}

/** One odd round must not squeeze all the others. */
function chartEnd({ comparisons }: SavedResult['result']): number {
  const medians = comparisons.map(({ main }) => main.median);
  return Math.max(...medians) * 1.2;
}

function whiskers(rows: readonly (readonly number[])[]): echarts.CustomSeriesOption {
  return {
    type: 'custom',
    data: rows.map(([minimum, maximum, median], index) => [index, minimum, maximum, median]),
    encode: { x: [1, 2], y: 0 },
    // Labels stand outside; lines end at the edge by themselves.
    clip: false,
    renderItem: (_params, api) => {
      const value = (dimension: number): number => Number(api.value(dimension));
      const [begin = 0, y = 0] = api.coord([value(1), value(0)]);
      const [end = 0] = api.coord([value(2), value(0)]);
      const edge = width - margins.right;
      const line = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line' as const,
        shape: { x1, y1, x2, y2 },
        style: { stroke: colours.whisker, lineWidth: 1 },
      });
      return {
        type: 'group',
        children: [
          line(begin, y, Math.min(end, edge), y),
          line(begin, y - whiskerHalf, begin, y + whiskerHalf),
          ...(end <= edge ? [line(end, y - whiskerHalf, end, y + whiskerHalf)] : []),
          {
            type: 'text',
            style: {
              text: formatNumber(value(3)),
              x: edge + 2 * whiskerHalf,
              y,
              textVerticalAlign: 'middle',
              fontFamily,
            },
          },
        ],
      };
    },
  };
}

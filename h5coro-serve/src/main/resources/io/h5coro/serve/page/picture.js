// SPDX-License-Identifier: Apache-2.0
// Pictures of numbers: a line, or an image with a colour bar.

import { rounded, shown } from './wire.js';

// Viridis, at eleven places: it stays readable in grey, and to those who do not tell red from green.
const COLOURS = [[68, 1, 84], [72, 36, 117], [65, 68, 135], [53, 95, 141], [42, 120, 142], [33, 145, 140], [34, 168, 132], [68, 191, 112], [122, 209, 81], [189, 223, 38], [253, 231, 37]];
const MISSING = [225, 225, 225];

function colour(part) {
  if (!Number.isFinite(part)) return MISSING;
  const place = Math.min(1, Math.max(0, part)) * (COLOURS.length - 1);
  const low = Math.min(COLOURS.length - 2, Math.floor(place));
  return COLOURS[low].map((c, i) => Math.round(c + (COLOURS[low + 1][i] - c) * (place - low)));
}

function extent(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const one of values) {
    const value = Number(one);
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}

function ticks(low, high, about) {
  const rough = (high - low || Math.abs(low) || 1) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const all = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-9; at += step) all.push(Math.abs(at) < step * 1e-9 ? 0 : at);
  return all;
}

function canvas(width, height, label) {
  const element = document.createElement('canvas');
  const scale = window.devicePixelRatio || 1;
  element.width = width * scale;
  element.height = height * scale;
  element.style.width = width + 'px';
  element.style.height = height + 'px';
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', label);
  const pen = element.getContext('2d');
  pen.scale(scale, scale);
  pen.font = '12px system-ui, sans-serif';
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  return [element, pen];
}

/** What stands in place of a picture of no numbers. */
function nothing() {
  const text = document.createElement('p');
  text.className = 'quiet';
  text.textContent = 'No finite values are here: there is no picture.';
  return text;
}

/** Draws values against their indexes. */
export function line(values, first, step) {
  const [least, most] = extent(values);
  if (least > most) return nothing();
  // The greatest numbers are drawn by their quarters, whose difference is a number too.
  const scale = Number.isFinite((most - least) * 2) ? 1 : 0.25;
  const [low, high] = [least * scale, most * scale];
  const [element, pen] = canvas(820, 340, `Line of ${values.length} values from ${shown(least)} to ${shown(most)}`);
  const box = { left: 80, top: 18, width: 722, height: 282 };
  const pad = (high - low || Math.abs(low) || 1) * 0.04;
  const last = first + step * Math.max(1, values.length - 1);
  const x = (index) => box.left + ((index - first) / (last - first)) * box.width;
  const y = (value) => box.top + box.height - ((value - low + pad) / (high - low + 2 * pad)) * box.height;
  pen.strokeStyle = '#e3e7eb';
  pen.fillStyle = '#44515c';
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  const marks = ticks(low - pad, high + pad, 6);
  // Values that lie closely together are told by their distance from one of them.
  const base = marks.length > 1 && marks[1] - marks[0] < Math.abs(marks[0]) * 1e-5 ? marks[0] : 0;
  if (base) {
    pen.textBaseline = 'bottom';
    pen.textAlign = 'left';
    pen.fillText('from ' + shown(base / scale), box.left, box.top);
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
  }
  for (const tick of marks) {
    pen.beginPath();
    pen.moveTo(box.left, y(tick));
    pen.lineTo(box.left + box.width, y(tick));
    pen.stroke();
    pen.fillText(base ? '+' + rounded(Number(((tick - base) / scale).toPrecision(3))) : rounded(tick / scale), box.left - 8, y(tick));
  }
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  for (const tick of ticks(first, last, 8).filter(Number.isInteger)) {
    pen.fillText(shown(tick), x(tick), box.top + box.height + 8);
  }
  pen.fillText('index', box.left + box.width / 2, box.top + box.height + 26);
  pen.strokeStyle = '#8b98a3';
  pen.strokeRect(box.left, box.top, box.width, box.height);
  pen.strokeStyle = '#1f5f8b';
  pen.lineWidth = 1.3;
  pen.beginPath();
  let drawn = false;
  values.forEach((one, i) => {
    const value = Number(one) * scale;
    if (!Number.isFinite(value)) {
      drawn = false;
      return;
    }
    if (!drawn && !Number.isFinite(Number(values[i + 1] ?? NaN))) {
      // A value that no line leads to.
      pen.rect(x(first + i * step) - 2, y(value) - 2, 4, 4);
      return;
    }
    if (drawn) pen.lineTo(x(first + i * step), y(value));
    else pen.moveTo(x(first + i * step), y(value));
    drawn = true;
  });
  pen.stroke();
  return element;
}

/** Draws rows of values as an image, with a bar that says what the colours mean. */
export function image(values, rows, columns, marks) {
  const [low, high] = extent(values);
  if (low > high) return nothing();
  const zoom = Math.max(0.25, Math.min(640 / columns, 460 / rows, 24));
  const width = Math.max(60, Math.round(columns * zoom));
  const height = Math.max(120, Math.round(rows * zoom));
  const box = { left: 64, top: 14 };
  const [element, pen] = canvas(box.left + width + 130, box.top + height + 46, `Image of ${rows} rows and ${columns} columns, values from ${shown(low)} to ${shown(high)}`);
  const pixels = document.createElement('canvas');
  pixels.width = columns;
  pixels.height = rows;
  const data = new ImageData(columns, rows);
  values.forEach((one, i) => data.data.set([...colour((Number(one) / 4 - low / 4) / (high / 4 - low / 4 || 1)), 255], 4 * i));
  pixels.getContext('2d').putImageData(data, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(pixels, box.left, box.top, width, height);
  pen.strokeStyle = '#8b98a3';
  pen.strokeRect(box.left, box.top, width, height);
  pen.fillStyle = '#44515c';
  axes(pen, box, { width, height, rows, columns }, marks);
  bar(pen, box.left + width + 20, box.top, height, low, high);
  return element;
}

function axes(pen, box, size, marks) {
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const tick of ticks(0, size.rows - 1, 6).filter(Number.isInteger)) {
    pen.fillText(shown(marks.row + tick * marks.rowStep), box.left - 8, box.top + ((tick + 0.5) / size.rows) * size.height);
  }
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  for (const tick of ticks(0, size.columns - 1, Math.max(2, size.width / 90)).filter(Number.isInteger)) {
    pen.fillText(shown(marks.column + tick * marks.columnStep), box.left + ((tick + 0.5) / size.columns) * size.width, box.top + size.height + 8);
  }
  pen.fillText(marks.columnName, box.left + size.width / 2, box.top + size.height + 26);
  pen.save();
  pen.translate(14, box.top + size.height / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(marks.rowName, 0, 0);
  pen.restore();
}

function bar(pen, left, top, height, low, high) {
  for (let i = 0; i < height; i++) {
    pen.fillStyle = `rgb(${colour(1 - i / height).join(',')})`;
    pen.fillRect(left, top + i, 16, 1.5);
  }
  pen.strokeRect(left, top, 16, height);
  pen.fillStyle = '#44515c';
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const marks = !(high > low) ? [low] : Number.isFinite(high - low) ? ticks(low, high, Math.max(2, height / 60)) : [low, 0, high];
  for (const tick of marks) {
    pen.fillText(rounded(tick), left + 22, top + height - ((tick / 4 - low / 4) / (high / 4 - low / 4 || 1)) * height);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Directories, the tree of a file, and an object of it: attributes, a table of its values, a picture.

import { ask, array, isNumeric, shown, typeName } from './wire.js';
import { image, line } from './picture.js';

const HDF5 = 'application/x-hdf5';
const ROWS = 50;
const COLUMNS = 20;
const LINE = 20000;
const SIDE = 400;
const LISTED = 100;

const byId = (id) => document.getElementById(id);

function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...content);
  return element;
}

function say(text, isError) {
  byId('status').textContent = text;
  byId('status').className = isError ? 'error' : '';
}

async function tried(action) {
  try {
    await action();
  } catch (problem) {
    say(problem.message, true);
  }
}

function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  let value = bytes;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  return (at ? value.toPrecision(3) : value) + ' ' + units[at];
}

/** The address of a path, and of an object in it: #/NAME/file.h5::/group/dataset */
const address = (path, object) => '#/' + path.map(encodeURIComponent).join('/') + (object ? '::' + encodeURI(object) : '');

function place() {
  const text = location.hash.slice(2);
  const cut = text.indexOf('::');
  const path = (cut < 0 ? text : text.slice(0, cut)).split('/').filter(Boolean).map(decodeURIComponent);
  return { path, object: cut < 0 ? null : decodeURI(text.slice(cut + 2)).replace(/^(?!\/)/, '/') };
}

function crumbs(path) {
  const all = path.flatMap((name, i) => [' / ', make('a', { href: address(path.slice(0, i + 1)) }, name)]);
  byId('crumbs').replaceChildren(...all);
}

function directory(path, found) {
  const rows = [];
  for (const name of found.get('directories').keys()) {
    rows.push(make('li', { class: 'row' }, make('a', { href: address([...path, name]) }, name + '/')));
  }
  for (const [name, file] of found.get('files')) {
    const readable = file.get('type') === HDF5;
    const link = readable ? address([...path, name]) : 'download/' + [...path, name].map(encodeURIComponent).join('/');
    rows.push(make('li', { class: 'row' }, make('a', { href: link }, name), make('span', { class: 'note' }, size(file.get('size')))));
  }
  byId('listing').replaceChildren(rows.length ? make('ul', {}, ...rows) : make('p', { class: 'quiet' }, 'Nothing is here.'));
  byId('object').replaceChildren(make('p', { class: 'quiet' }, 'Choose a file, then an object of it.'));
}

/** The members of a group, each with what is below it as soon as it is opened. */
function members(path, group, own) {
  const list = make('ul', { class: own === '/' ? '' : 'tree' });
  for (const [name, member] of group.get('members')) {
    list.append(row(path, own.replace(/\/$/, '') + '/' + name, name, member, group.get('refused')?.get(name)));
  }
  return list;
}

function row(path, object, name, member, refused) {
  const kind = refused ? 'refused' : member ? member.get('hdf5_object') : 'group';
  const mark = make('span', { class: 'mark', 'aria-hidden': 'true' }, { group: '▸', dataset: '▦', soft_link: '↪', refused: '∅' }[kind]);
  const note = { dataset: () => '(' + member.get('shape').join(' × ') + ')', soft_link: () => member.get('target'), refused: () => refused }[kind]?.() ?? '';
  const button = make('button', { type: 'button', 'data-object': object, 'aria-expanded': kind === 'group' ? 'false' : undefined }, mark, name);
  const item = make('li', {}, make('span', {}, button, ' ', make('span', { class: 'note' }, note)));
  button.addEventListener('click', () => tried(async () => {
    if (kind === 'group') await toggle(path, object, button, item, mark);
    const target = address(path, object);
    if (location.hash !== target) location.hash = target;
  }));
  return item;
}

async function toggle(path, object, button, item, mark) {
  const open = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!open));
  mark.textContent = open ? '▸' : '▾';
  if (open) {
    item.querySelector('ul')?.remove();
    return;
  }
  const { value } = await ask(path, { object, data_size_limit: 0, max_depth: 0 });
  item.append(members(path, value, object));
}

/** Arrows move through the tree, right opens a group and left closes it. */
function keys(event) {
  const buttons = [...byId('listing').querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  if (at < 0) return;
  const button = buttons[at];
  const expanded = button.getAttribute('aria-expanded');
  if (event.key === 'ArrowDown') buttons[at + 1]?.focus();
  else if (event.key === 'ArrowUp') buttons[at - 1]?.focus();
  else if (event.key === 'ArrowRight' && expanded === 'false') button.click();
  else if (event.key === 'ArrowLeft' && expanded === 'true') button.click();
  else return;
  event.preventDefault();
}

/** The first values, and how many there are. */
function listed(values) {
  const text = values.slice(0, LISTED).map(shown).join(', ');
  return values.length > LISTED ? `${text}, … (${values.length} values)` : text;
}

function attributes(object) {
  const rows = [];
  for (const [name, value] of object.get('attributes')) {
    const text = value === null ? '(empty)' : value instanceof Map ? listed(array(value).values) : shown(value);
    rows.push(make('tr', {}, make('th', { scope: 'row' }, name), make('td', { class: 'text' }, make('div', { class: 'long' }, text))));
  }
  for (const [name, reason] of object.get('omitted') ?? []) {
    rows.push(make('tr', {}, make('th', { scope: 'row' }, name), make('td', { class: 'text quiet' }, 'not shown: ' + reason)));
  }
  return rows.length ? [make('h3', {}, 'Attributes'), make('table', { class: 'attributes', 'aria-label': 'Attributes' }, ...rows)] : [];
}

/** What a reader sees of a dataset: a page of two dimensions, at an index of each other one. */
class View {
  constructor(path, object, found) {
    this.path = path;
    this.object = object;
    this.shape = found.get('shape');
    this.numeric = isNumeric(found.get('type'));
    this.index = this.shape.map(() => 0);
    this.row = 0;
    this.column = 0;
    this.asked = 0;
    this.table = make('div', { class: 'wide' });
    this.picture = make('div', { class: 'wide' });
    this.position = make('span', { class: 'quiet' });
  }

  get rank() { return this.shape.length; }
  /** The dimension of the rows, and that of the columns. */
  get down() { return Math.max(0, this.rank - 2); }
  get across() { return this.rank - 1; }

  slice(rows, columns) {
    return this.shape.map((length, d) => {
      if (this.rank > 1 && d === this.across) return columns;
      return d === this.down ? rows : [this.index[d], 1];
    });
  }

  async values(slice) {
    const started = performance.now();
    const answer = await ask(this.path, { object: this.object, slice });
    const millis = (performance.now() - started).toFixed(0);
    const read = Object.fromEntries((answer.read ?? '').split(', ').map((part) => part.split('=')));
    const cost = answer.read ? `${read.requests} ${read.requests === '1' ? 'request' : 'requests'}, ${size(Number(read.bytes))} read from the file, ${read.chunks} chunks, ${(read.nanos / 1e6).toFixed(1)} ms on the server; ` : '';
    say(`${cost}${size(answer.bytes)} sent, ${millis} ms in all`);
    return array(answer.value);
  }

  async showTable() {
    if (this.rank === 0) {
      const { values } = await this.values([]);
      this.table.replaceChildren(make('table', {}, make('tr', {}, make('td', {}, shown(values[0])))));
      return;
    }
    const rows = [this.row, Math.min(ROWS, this.shape[this.down] - this.row)];
    const width = this.rank > 1 ? this.shape[this.across] : 1;
    const columns = [this.column, Math.min(COLUMNS, width - this.column)];
    const own = ++this.asked;
    const { values, numeric } = await this.values(this.slice(rows, columns));
    if (own !== this.asked) return;
    const head = make('tr', {}, make('th', { scope: 'col' }, 'index'));
    for (let c = 0; c < columns[1]; c++) head.append(make('th', { scope: 'col' }, this.rank > 1 ? String(columns[0] + c) : 'value'));
    const table = make('table', { 'aria-label': 'Values of ' + this.object }, head);
    for (let r = 0; r < rows[1]; r++) {
      const line = make('tr', {}, make('th', { scope: 'row' }, String(rows[0] + r)));
      for (let c = 0; c < columns[1]; c++) {
        line.append(make('td', { class: numeric ? 'number' : 'text' }, shown(values[r * columns[1] + c])));
      }
      table.append(line);
    }
    this.table.replaceChildren(table);
    this.position.textContent = `rows ${rows[0]} to ${rows[0] + rows[1] - 1} of ${this.shape[this.down]}`
      + (this.rank > 1 ? `, columns ${columns[0]} to ${columns[0] + columns[1] - 1} of ${width}` : '');
  }

  async showPicture() {
    if (!this.numeric || this.rank === 0) return;
    const length = this.shape[this.down];
    if (this.rank === 1) {
      const count = Math.min(LINE, length - this.row);
      const { values } = await this.values(this.slice([this.row, count]));
      this.picture.replaceChildren(line(values, this.row, 1), ...this.part(count < length, `values ${this.row} to ${this.row + count - 1} of ${length}`));
      return;
    }
    const width = this.shape[this.across];
    const rows = [this.row, Math.min(SIDE, length - this.row)];
    const columns = [this.column, Math.min(SIDE, width - this.column)];
    const { values } = await this.values(this.slice(rows, columns));
    this.picture.replaceChildren(image(values, rows[1], columns[1], {
      row: rows[0], rowStep: 1, column: columns[0], columnStep: 1, rowName: 'dimension ' + this.down, columnName: 'dimension ' + this.across,
    }), ...this.part(rows[1] < length || columns[1] < width, `rows ${rows[0]} to ${rows[0] + rows[1] - 1} of ${length}, columns ${columns[0]} to ${columns[0] + columns[1] - 1} of ${width}`));
  }

  /** Says of what part of the values a picture is. */
  part(isPart, text) {
    return isPart ? [make('p', { class: 'quiet' }, text)] : [];
  }

  show() {
    return tried(async () => {
      await this.showPicture();
      await this.showTable();
    });
  }

  step(down, across) {
    if (this.rank === 0) return;
    const last = (length, page) => Math.max(0, Math.floor((length - 1) / page) * page);
    this.row = Math.min(last(this.shape[this.down], ROWS), Math.max(0, this.row + down * ROWS));
    if (this.rank > 1) this.column = Math.min(last(this.shape[this.across], COLUMNS), Math.max(0, this.column + across * COLUMNS));
    tried(() => this.showTable());
  }

  sliders() {
    return this.shape.slice(0, this.down).map((length, d) => {
      const value = make('output', {}, '0');
      const slider = make('input', { type: 'range', min: 0, max: length - 1, value: 0, 'aria-label': 'Index of dimension ' + d });
      slider.addEventListener('input', () => { value.textContent = slider.value; });
      slider.addEventListener('change', () => {
        this.index[d] = Number(slider.value);
        this.show();
      });
      return make('label', { class: 'bar' }, `dimension ${d}`, slider, value, make('span', { class: 'quiet' }, `of ${length}`));
    });
  }

  pages() {
    const button = (text, label, down, across) => make('button', { type: 'button', 'aria-label': label, onclick: () => this.step(down, across) }, text);
    const bar = make('div', { class: 'bar' }, button('↑', 'Rows before', -1, 0), button('↓', 'Rows behind', 1, 0));
    if (this.rank > 1) bar.append(button('←', 'Columns before', 0, -1), button('→', 'Columns behind', 0, 1));
    bar.append(this.position);
    if (this.shape[this.down] > ROWS) bar.append(this.goTo('row', 'row', this.shape[this.down]));
    if (this.rank > 1 && this.shape[this.across] > COLUMNS) bar.append(this.goTo('column', 'column', this.shape[this.across]));
    return bar;
  }

  /** Where a row or column is typed, from which values and picture are shown. */
  goTo(label, field, length) {
    const input = make('input', { type: 'number', min: 0, max: length - 1, 'aria-label': 'First ' + label });
    input.addEventListener('change', () => {
      if (input.value === '') return;
      this[field] = Math.min(length - 1, Math.max(0, Math.floor(Number(input.value))));
      input.value = this[field];
      this.show();
    });
    return make('label', { class: 'quiet' }, 'from ' + label + ' ', input);
  }

  elements() {
    if (this.shape.includes(0)) return [make('p', { class: 'quiet' }, 'The dataset has no elements.')];
    const picture = this.numeric && this.rank > 0 ? [make('h3', {}, 'Picture'), this.picture] : [];
    const pages = this.rank > 0 ? [this.pages()] : [];
    return [...this.sliders(), ...picture, make('h3', {}, 'Values'), ...pages, this.table];
  }
}

/** Of the object that is shown; what was asked for before another one was chosen is dropped. */
let chosen = 0;

async function object(path, name) {
  const own = ++chosen;
  let value;
  try {
    ({ value } = await ask(path, { object: name, data_size_limit: 0, max_depth: 0 }));
  } catch (problem) {
    if (own === chosen) {
      byId('object').replaceChildren(make('h2', {}, name), make('p', { class: 'error' }, problem.message));
      current(name);
    }
    throw problem;
  }
  if (own !== chosen) return;
  say('Ready');
  const isDataset = value.get('hdf5_object') === 'dataset';
  const what = isDataset ? `${typeName(value.get('type'))}, shape (${value.get('shape').join(', ')})` : `group of ${value.get('members').size}`;
  const view = isDataset ? new View(path, name, value) : null;
  byId('object').replaceChildren(make('h2', {}, name), make('p', { class: 'quiet' }, what), ...attributes(value), ...(view ? view.elements() : []));
  current(name);
  if (view && !view.shape.includes(0)) await view.show();
}

function current(name) {
  for (const button of byId('listing').querySelectorAll('button')) {
    button.setAttribute('aria-current', String(button.dataset.object === name));
  }
}

let shownPath = null;

async function show() {
  const { path, object: name } = place();
  crumbs(path);
  if (shownPath !== path.join('/')) {
    shownPath = null;
    let value;
    try {
      ({ value } = await ask(path, {}));
    } catch (problem) {
      byId('listing').replaceChildren(make('p', { class: 'error' }, problem.message));
      byId('object').replaceChildren();
      throw problem;
    }
    if (value.get('type') === 'directory') {
      directory(path, value);
      shownPath = path.join('/');
      say('Ready');
      return;
    }
    const root = await ask(path, { object: '/', data_size_limit: 0, max_depth: 0 });
    byId('listing').replaceChildren(members(path, root.value, '/'));
    shownPath = path.join('/');
    say('Ready');
  }
  await object(path, name ?? '/');
}

byId('listing').addEventListener('keydown', keys);
window.addEventListener('hashchange', () => tried(show));
tried(show);

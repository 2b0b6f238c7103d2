// SPDX-License-Identifier: Apache-2.0
// The protocol of hdfstream: MessagePack, and arrays in it.

const TYPE = 'application/x-msgpack';

class Reader {
  constructor(buffer) {
    this.view = new DataView(buffer);
    this.at = 0;
  }

  number(method, bytes) {
    const value = this.view[method](this.at);
    this.at += bytes;
    return value;
  }

  bytes(length) {
    const part = new Uint8Array(this.view.buffer, this.at, length);
    this.at += length;
    return part;
  }

  text(length) {
    return new TextDecoder().decode(this.bytes(length));
  }

  list(length) {
    const list = [];
    for (let i = 0; i < length; i++) list.push(this.value());
    return list;
  }

  map(length) {
    const map = new Map();
    for (let i = 0; i < length; i++) map.set(this.value(), this.value());
    return map;
  }

  value() {
    const code = this.number('getUint8', 1);
    if (code < 0x80) return code;
    if (code < 0x90) return this.map(code & 15);
    if (code < 0xa0) return this.list(code & 15);
    if (code < 0xc0) return this.text(code & 31);
    if (code >= 0xe0) return code - 256;
    switch (code) {
      case 0xc0: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: return this.bytes(this.number('getUint8', 1));
      case 0xc5: return this.bytes(this.number('getUint16', 2));
      case 0xc6: return this.bytes(this.number('getUint32', 4));
      case 0xca: return this.number('getFloat32', 4);
      case 0xcb: return this.number('getFloat64', 8);
      case 0xcc: return this.number('getUint8', 1);
      case 0xcd: return this.number('getUint16', 2);
      case 0xce: return this.number('getUint32', 4);
      case 0xcf: return Number(this.number('getBigUint64', 8));
      case 0xd0: return this.number('getInt8', 1);
      case 0xd1: return this.number('getInt16', 2);
      case 0xd2: return this.number('getInt32', 4);
      case 0xd3: return Number(this.number('getBigInt64', 8));
      case 0xd9: return this.text(this.number('getUint8', 1));
      case 0xda: return this.text(this.number('getUint16', 2));
      case 0xdb: return this.text(this.number('getUint32', 4));
      case 0xdc: return this.list(this.number('getUint16', 2));
      case 0xdd: return this.list(this.number('getUint32', 4));
      case 0xde: return this.map(this.number('getUint16', 2));
      case 0xdf: return this.map(this.number('getUint32', 4));
      default: throw new Error('unknown MessagePack code ' + code);
    }
  }
}

function packed(value, out = []) {
  if (value === null) {
    out.push(0xc0);
  } else if (typeof value === 'number') {
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setBigInt64(0, BigInt(value));
    out.push(0xd3, ...new Uint8Array(bytes.buffer));
  } else if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    out.push(0xda, bytes.length >> 8, bytes.length & 255, ...bytes);
  } else if (Array.isArray(value)) {
    out.push(0xdc, value.length >> 8, value.length & 255);
    value.forEach((one) => packed(one, out));
  }
  return out;
}

function body(map) {
  const out = [0x80 | Object.keys(map).length];
  for (const key of Object.keys(map)) {
    packed(key, out);
    packed(map[key], out);
  }
  return new Uint8Array(out);
}

/** Sends a request of a path; gives the answer and what the read took. */
export async function ask(path, request) {
  const names = path.map(encodeURIComponent).join('/');
  let response;
  let content;
  try {
    response = await fetch('msgpack/' + names, { method: 'POST', headers: { 'Content-Type': TYPE }, body: body(request) });
    content = await response.arrayBuffer();
  } catch {
    throw new Error('The server does not answer, or broke off: is it still running?');
  }
  const isPacked = response.headers.get('Content-Type')?.startsWith(TYPE);
  const value = isPacked ? new Reader(content).value() : null;
  if (!response.ok || !isPacked) throw new Error(value?.get('error') ?? 'The server answers ' + response.status);
  return { value, read: response.headers.get('H5coro-Read'), bytes: content.byteLength };
}

function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}

const NUMBERS = {
  '<i1': [1, (v, i) => v.getInt8(i)], '<u1': [1, (v, i) => v.getUint8(i)],
  '<i2': [2, (v, i) => v.getInt16(i, true)], '<u2': [2, (v, i) => v.getUint16(i, true)],
  '<i4': [4, (v, i) => v.getInt32(i, true)], '<u4': [4, (v, i) => v.getUint32(i, true)],
  '<i8': [8, (v, i) => exact(v.getBigInt64(i, true))], '<u8': [8, (v, i) => exact(v.getBigUint64(i, true))],
  '<f2': [2, (v, i) => half(v.getUint16(i, true))],
  '<f4': [4, (v, i) => v.getFloat32(i, true)], '<f8': [8, (v, i) => v.getFloat64(i, true)],
};

/** A number where it is exact, else the digits. */
function exact(big) {
  const number = Number(big);
  return Number.isSafeInteger(number) ? number : String(big);
}

function decoder(type) {
  if (NUMBERS[type]) return NUMBERS[type];
  if (type instanceof Map) {
    const fields = type.get('names').map((name, i) => [name, decoder(type.get('formats')[i])]);
    const size = fields.reduce((sum, [, [bytes]]) => sum + bytes, 0);
    return [size, (view, at) => {
      const parts = [];
      for (const [name, [bytes, read]] of fields) {
        parts.push(name + ': ' + shown(read(view, at)));
        at += bytes;
      }
      return parts.join(', ');
    }];
  }
  const array = /^\(([\d,]+)\)(.*)$/.exec(type);
  if (array) {
    const length = array[1].split(',').filter(Boolean).reduce((all, one) => all * Number(one), 1);
    const [bytes, read] = decoder(array[2]);
    return [bytes * length, (view, at) => '[' + Array.from({ length }, (_, i) => shown(read(view, at + i * bytes))).join(', ') + ']'];
  }
  const complex = /^<c(\d+)$/.exec(type);
  if (complex) {
    const [bytes, read] = NUMBERS['<f' + complex[1] / 2];
    return [2 * bytes, (view, at) => shown(read(view, at)) + ' + ' + shown(read(view, at + bytes)) + 'i'];
  }
  const size = Number(type.slice(1));
  return [size, (view, at) => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, size);
    if (type[0] === 'V') return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
    return new TextDecoder().decode(bytes).replace(/\0+$/, '');
  }];
}

/** Returns the values of an array, flat, with its shape. */
export function array(value) {
  if (value.get('vlen')) {
    const list = value.get('data').map((one) => (one instanceof Map ? '[' + array(one).values.map(shown).join(', ') + ']' : one));
    return { shape: value.get('shape'), values: list, numeric: false };
  }
  const bins = value.get('data');
  let bytes = bins[0] ?? new Uint8Array();
  if (bins.length > 1) {
    bytes = new Uint8Array(bins.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const one of bins) {
      bytes.set(one, at);
      at += one.length;
    }
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [size, read] = decoder(value.get('type'));
  const values = [];
  for (let at = 0; at + size <= bytes.length && size > 0; at += size) values.push(read(view, at));
  return { shape: value.get('shape'), values, numeric: isNumeric(value.get('type')) };
}

export function isNumeric(type) {
  return typeof type === 'string' && type in NUMBERS;
}

/** The text of a value, which no other value of its width has. */
export function shown(value) {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'number' || Number.isInteger(value) || Math.fround(value) !== value) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}

/** A short text of a number on an axis. */
export function rounded(value) {
  const number = Number(value.toPrecision(6));
  const size = Math.abs(number);
  return size !== 0 && (size >= 1e7 || size < 1e-4) ? number.toExponential() : String(number);
}

export function typeName(type) {
  if (type instanceof Map) {
    return '{' + type.get('names').map((name, i) => name + ': ' + typeName(type.get('formats')[i])).join(', ') + '}';
  }
  const kinds = { i: 'int', u: 'uint', f: 'float', c: 'complex' };
  const number = /^<([iufc])(\d+)$/.exec(type);
  if (number) return kinds[number[1]] + 8 * number[2];
  if (type[0] === 'S') return 'text of ' + type.slice(1) + ' bytes';
  if (type[0] === 'V') return 'opaque, ' + type.slice(1) + ' bytes';
  return { str: 'text', O: 'list' }[type] ?? type;
}

/** SQL expressions of policies and of simple functions as trees. What the grammar here does not know is `opaque`: kept as text, never guessed at. */
import { tokensOf, type Token } from './sql-tokens.ts';

interface Place {
  /** Within the text that was parsed; parentheses around it are not part of it. */
  start: number;
  end: number;
}

export type Expression = Place &
  (
    | { kind: 'and' | 'or'; parts: Expression[] }
    | { kind: 'not'; part: Expression }
    /** `=`, `in`, `is null` (without a right side) and any other operator. */
    | { kind: 'compare'; operator: string; parts: Expression[] }
    | { kind: 'call'; path: string[]; parts: Expression[] }
    | { kind: 'name'; path: string[] }
    | { kind: 'cast'; type: string; part: Expression }
    /** `(SELECT x)` without FROM: x itself. */
    | { kind: 'scalar'; part: Expression }
    | { kind: 'array'; parts: Expression[] }
    | { kind: 'constant'; value: string }
    | { kind: 'opaque'; text: string }
  );

/** Thrown within this file only: this is not an expression that the grammar knows. */
class Unknown extends Error {}

export function parseExpression(text: string): Expression {
  const opaque: Expression = { kind: 'opaque', text, start: 0, end: text.length };
  const tokens = tokensOf(text);
  if (tokens === null) return opaque;
  try {
    const parser = new Parser(text, tokens);
    const expression = parser.either();
    return parser.done() ? expression : opaque;
  } catch (error) {
    if (error instanceof Unknown) return opaque;
    throw error;
  }
}

/** The one expression that the body of a function in SQL computes; null: it does more than that. */
export function parseBody(body: string): Expression | null {
  const inner = /^\s*begin\s+atomic\b(.*)\bend\s*;?\s*$/is.exec(body)?.[1] ?? body;
  const tokens = tokensOf(inner);
  const [first] = tokens ?? [];
  if (first === undefined || first.kind !== 'word' || !['select', 'return'].includes(first.value)) return null;
  const last = tokens?.at(-1);
  const rest = inner.slice(first.end, last?.value === ';' ? last.start : undefined);
  const expression = parseExpression(rest);
  return expression.kind === 'opaque' ? null : expression;
}

/** Types of more words than one, as Postgres writes them. */
const furtherWords: Record<string, string[]> = {
  character: ['varying'],
  double: ['precision'],
  timestamp: ['with', 'without', 'time', 'zone'],
  time: ['with', 'without', 'time', 'zone'],
};
const reserved = new Set(
  'and or not is in like ilike similar between case when then else end select from where as collate distinct'.split(
    ' ',
  ),
);

class Parser {
  readonly #text: string;
  readonly #tokens: Token[];
  #at = 0;

  constructor(text: string, tokens: Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  done(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): Expression {
    return this.#joined('or', () => this.#both());
  }

  #both(): Expression {
    return this.#joined('and', () => this.#negation());
  }

  #joined(kind: 'and' | 'or', part: () => Expression): Expression {
    const first = part();
    const parts = [first];
    while (this.#take('word', kind)) parts.push(part());
    return parts.length === 1 ? first : { kind, parts, ...this.#from(first.start) };
  }

  #negation(): Expression {
    const start = this.#start();
    if (!this.#take('word', 'not')) return this.#comparison();
    return { kind: 'not', part: this.#negation(), ...this.#from(start) };
  }

  /** One operator a level: Postgres prints parentheses around every other, and precedence is not guessed at. */
  #comparison(): Expression {
    const start = this.#start();
    const left = this.#operand();
    if (this.#take('word', 'is')) {
      this.#take('word', 'not');
      if (!this.#take('word', 'null')) throw new Unknown();
      return { kind: 'compare', operator: 'is null', parts: [left], ...this.#from(start) };
    }
    const operator = this.#take('word', 'in') ? 'in' : this.#take('operator');
    if (operator === false) return left;
    const value = operator === 'in' ? 'in' : operator.value;
    const right = this.#operand();
    return { kind: 'compare', operator: value, parts: [left, right], ...this.#from(start) };
  }

  #operand(): Expression {
    const start = this.#start();
    let operand = this.#primary();
    while (this.#take('mark', '::'))
      operand = { kind: 'cast', type: this.#type(), part: operand, ...this.#from(start) };
    return operand;
  }

  #primary(): Expression {
    const start = this.#start();
    if (this.#take('mark', '(')) return this.#group(start);
    const constant = this.#take('text') || this.#take('number');
    if (constant !== false) return { kind: 'constant', value: constant.value, ...this.#from(start) };
    if (this.#take('word', 'case')) return this.#cases(start);
    const word = this.#tokens[this.#at];
    if (word?.kind === 'word' && reserved.has(word.value)) throw new Unknown();
    const path = this.#path();
    const key = word?.kind === 'word' && path.length === 1 ? word.value : '';
    if (key === 'array' && this.#take('mark', '[')) {
      return { kind: 'array', parts: this.#list(']'), ...this.#from(start) };
    }
    if (this.#take('mark', '(')) {
      // "nullif" in quotes is somebody's function: it keeps them, and is not taken for the key word.
      const called = word?.kind === 'quoted' && path.length === 1 ? [`"${word.value}"`] : path;
      return { kind: 'call', path: called, parts: this.#list(')'), ...this.#from(start) };
    }
    return ['true', 'false', 'null'].includes(key)
      ? { kind: 'constant', value: key, ...this.#from(start) }
      : { kind: 'name', path, ...this.#from(start) };
  }

  /** After the parenthesis. What is in it may be beyond the grammar: then it is opaque, and the rest is read on. */
  #group(start: number): Expression {
    const inside = this.#at;
    try {
      const scalar = this.#take('word', 'select') !== false;
      const part = this.either();
      if (scalar && this.#take('word', 'as')) this.#path();
      if (this.#take('mark', ')')) return scalar ? { kind: 'scalar', part, ...this.#from(start) } : part;
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
    }
    this.#at = inside;
    return this.#skip(')', start);
  }

  /** After the opening bracket, to the closing one. */
  #list(closing: string): Expression[] {
    if (this.#take('mark', closing)) return [];
    const [inside, start] = [this.#at, this.#start()];
    try {
      const parts = [this.either()];
      while (this.#take('mark', ',')) parts.push(this.either());
      if (this.#take('mark', closing)) return parts;
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
    }
    this.#at = inside;
    return [this.#skip(closing, start)];
  }

  #skip(closing: string, start: number): Expression {
    for (let depth = 1; this.#at < this.#tokens.length;) {
      const token = this.#tokens[this.#at++];
      if (token?.kind !== 'mark') continue;
      if (token.value === '(' || token.value === '[') depth += 1;
      if (token.value === ')' || token.value === ']') depth -= 1;
      if (depth > 0) continue;
      if (token.value !== closing) break;
      return { kind: 'opaque', text: this.#text.slice(start, token.start), ...this.#from(start) };
    }
    throw new Unknown();
  }

  /** After CASE: its branches are not looked into. */
  #cases(start: number): Expression {
    for (let depth = 1; depth > 0;) {
      if (this.done()) throw new Unknown();
      if (this.#take('word', 'case')) depth += 1;
      else if (this.#take('word', 'end')) depth -= 1;
      else this.#at += 1;
    }
    const place = this.#from(start);
    return { kind: 'opaque', text: this.#text.slice(place.start, place.end), ...place };
  }

  #path(): string[] {
    const path: string[] = [];
    do {
      const word = this.#take('word') || this.#take('quoted');
      if (word === false) throw new Unknown();
      path.push(word.value);
    } while (this.#take('mark', '.'));
    return path;
  }

  /** With its modifier and brackets: `character(2)` is not `character`. */
  #type(): string {
    const start = this.#start();
    const [first = ''] = this.#path();
    while (furtherWords[first]?.some((word) => this.#take('word', word))) continue;
    if (this.#take('mark', '(')) this.#list(')');
    while (this.#take('mark', '[')) this.#list(']');
    return this.#text.slice(start, this.#from(start).end).toLowerCase();
  }

  #take(kind: Token['kind'], value?: string): Token | false {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind || (value !== undefined && token.value !== value)) return false;
    this.#at += 1;
    return token;
  }

  #start(): number {
    return this.#tokens[this.#at]?.start ?? this.#text.length;
  }

  #from(start: number): Place {
    return { start, end: this.#tokens[this.#at - 1]?.end ?? start };
  }
}

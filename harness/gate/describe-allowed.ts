/** Says in words what a JSON Schema allows at one place, for messages to the person who wrote the file. */

/** The parts of JSON Schema that the thresholds use. */
export interface SchemaNode {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  properties?: Record<string, SchemaNode>;
}

/** The schema at a path; null where there is none. */
export function schemaAt(schema: SchemaNode, path: readonly PropertyKey[]): SchemaNode | null {
  let node: SchemaNode | undefined = schema;
  for (const key of path) node = node?.properties?.[String(key)];
  return node ?? null;
}

export function describeAllowed(node: SchemaNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return node.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (node.type === 'object') return `an object with ${Object.keys(node.properties ?? {}).join(', ')}`;
  if (node.type !== 'number' && node.type !== 'integer') return `a ${node.type ?? 'value'}`;
  const noun = node.type === 'integer' ? 'a whole number' : 'a number';
  return [noun, ...describeRange(node)].join(' ');
}

function describeRange({ minimum, maximum, exclusiveMinimum }: SchemaNode): string[] {
  // The largest safe integer is the schema library's way of saying "no limit".
  const top = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? null : maximum;
  if (minimum !== undefined && top !== null) return [`from ${minimum} to ${top}`];
  if (minimum !== undefined) return [`of at least ${minimum}`];
  if (exclusiveMinimum !== undefined) return [`above ${exclusiveMinimum}${top === null ? '' : ` and at most ${top}`}`];
  return top === null ? [] : [`of at most ${top}`];
}

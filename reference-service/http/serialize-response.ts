/** Turns responses into JSON with a function compiled from the route's zod schema. */
import fastJson from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';
import { z } from 'zod';

/**
 * zod writes a nullable text as anyOf [text, null], which a serialiser must test value by value; a type that may also be
 * null says the same and compiles to one comparison.
 */
function flattenNullable(schema: z.core.JSONSchema.BaseSchema): void {
  const [inner, nothing, ...others] = schema.anyOf ?? [];
  if (inner === undefined || nothing?.type !== 'null' || others.length > 0 || typeof inner.type !== 'string') return;
  delete schema.anyOf;
  Object.assign(schema, inner, { type: [inner.type, 'null'] });
}

/**
 * Only the properties that the schema names are written: a column too many in a query does not leave the service.
 * Parsing every row with zod instead would check what the database already guarantees, at several times the cost
 * (measured: README.md).
 */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  const jsonSchema = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'output',
    override: ({ jsonSchema: node }) => flattenNullable(node),
  });
  return fastJson(jsonSchema as fastJson.Schema);
};

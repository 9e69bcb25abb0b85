/** Unit tests of the serialiser that is compiled from zod schemas. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../schemas/page.ts';
import { orderSchema } from '../schemas/order.ts';
import { userSchema } from '../schemas/user.ts';
import { serializerCompiler } from './serialize-response.ts';

function serialize(schema: z.ZodType, value: unknown): unknown {
  const toText = serializerCompiler({ schema, method: 'GET', url: '/', httpStatus: '200' });
  return JSON.parse(toText(value));
}

const id = '7a7f9d3e-3f0e-4c3a-9c51-0d2f3b1c2a10';

describe('the serialiser', () => {
  it('writes null and text alike where both may be', () => {
    const schema = z.strictObject({ note: z.string().nullable(), status: z.enum(['a', 'b']).nullable() });
    expect(serialize(schema, { note: null, status: null })).toEqual({ note: null, status: null });
    expect(serialize(schema, { note: 'x', status: 'a' })).toEqual({ note: 'x', status: 'a' });
  });

  it('leaves out what the schema does not name', () => {
    const user = { id, tenantId: id, email: 'a', displayName: 'b', role: 'admin', active: true, createdAt: 'c' };
    expect(serialize(userSchema, { ...user, passwordHash: 'secret' })).toEqual(user);
  });

  it('refuses a row that lacks what the schema requires', () => {
    expect(() => serialize(userSchema, { id })).toThrow('required');
  });

  it('keeps decimals and times as the text they are', () => {
    const order = {
      id,
      tenantId: id,
      portfolioId: id,
      strategyId: null,
      instrumentId: 1,
      side: 'buy',
      type: 'limit',
      quantity: '10.0000',
      limitPrice: '0.100000',
      status: 'new',
      note: 'quotes " and \\ and é',
      createdBy: id,
      createdAt: '2026-01-02T03:04:05.678901Z',
      updatedAt: '2026-01-02T03:04:05Z',
    };
    expect(serialize(pageOf(orderSchema), { items: [order], nextCursor: null })).toEqual({
      items: [order],
      nextCursor: null,
    });
  });

  it('writes objects of any shape where the schema says so', () => {
    expect(
      serialize(z.strictObject({ detail: z.record(z.string(), z.unknown()) }), { detail: { a: [1, { b: null }] } }),
    ).toEqual({
      detail: { a: [1, { b: null }] },
    });
  });
});

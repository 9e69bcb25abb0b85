/** The state of one tenant's simulated trading, and the slot of time that each order has. */
import type { OrderDraft } from './order-draft.ts';
import { PositionBook } from './position-book.ts';
import { SampleIds } from './sample-ids.ts';
import type { TenantContext, User } from './tenant-context.ts';

export interface TradingSession {
  tenant: TenantContext;
  book: PositionBook;
  /** Who may create orders. */
  traders: User[];
  actedSignals: number;
  /** Orders that leave an event in the audit log, evenly spread. */
  auditedOrders: number;
  orderIds: SampleIds;
  tradeIds: SampleIds;
}

/** When an order is made, and how long it has until the tenant's next one. */
export interface OrderSlot {
  number: number;
  day: number;
  createdAtMs: number;
  lengthMs: number;
}

export interface PlacedOrder {
  id: string;
  draft: OrderDraft;
  slot: OrderSlot;
}

export function openSession(tenant: TenantContext): TradingSession {
  const { budget, users } = tenant;
  return {
    tenant,
    book: new PositionBook(),
    traders: users.filter((user) => user.role === 'trader' && user.active),
    actedSignals: 0,
    auditedOrders: Math.floor(budget.auditEvents / 2),
    orderIds: new SampleIds(budget.orders),
    tradeIds: new SampleIds(budget.trades),
  };
}

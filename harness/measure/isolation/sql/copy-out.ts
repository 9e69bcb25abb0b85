/** The lines that COPY … TO STDOUT sends, or why it sent none. */
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { SUCCESS } from './answer.ts';

export interface Copied {
  state: string;
  lines: string[];
}

export async function copyOut(client: pg.ClientBase, statement: string): Promise<Copied> {
  try {
    const sent = await text(client.query(copyTo(statement)));
    return { state: SUCCESS, lines: sent.split('\n').filter((line) => line !== '') };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { state: error.code ?? 'unknown', lines: [] };
  }
}

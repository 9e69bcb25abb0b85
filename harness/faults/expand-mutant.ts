/** Fills a mutant's texts in: files of the service, then the id of each tenant where one is asked for. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filePlaceholder, tenantIdPlaceholder, type VaultRequest } from '../model/mutant.ts';

const serviceDirectory = path.join(import.meta.dirname, '..', '..', 'reference-service');

/** How the service's own files name a tenant (reference-service/provisioning). */
const tenantIdInFiles = '{{tenant_id}}';

/** Becomes part of SQL, of a policy, of a command: nothing but an id may. */
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One for each tenant where the text asks for its id, otherwise one. */
export function expandStatement(text: string, tenantIds: readonly string[]): string[] {
  return eachTenant(withFiles(text), tenantIds, (one) => one);
}

export function expandCommand(words: readonly string[], tenantIds: readonly string[]): string[][] {
  return eachTenant(JSON.stringify(words.map(withFiles)), tenantIds, (one) => JSON.parse(one) as string[]);
}

export function expandRequest(request: VaultRequest, tenantIds: readonly string[]): VaultRequest[] {
  return eachTenant(JSON.stringify(deepWithFiles(request)), tenantIds, (one) => JSON.parse(one) as VaultRequest);
}

function eachTenant<T>(text: string, tenantIds: readonly string[], parse: (text: string) => T): T[] {
  if (!text.includes(tenantIdPlaceholder)) return [parse(text)];
  return tenantIds.map((id) => {
    if (!idForm.test(id)) throw new Error(`not the id of a tenant: ${id}`);
    return parse(text.replaceAll(tenantIdPlaceholder, id));
  });
}

function withFiles(text: string): string {
  return text.replaceAll(filePlaceholder, (_, file: string) =>
    readFileSync(path.join(serviceDirectory, file), 'utf8').replaceAll(tenantIdInFiles, tenantIdPlaceholder),
  );
}

function deepWithFiles(value: unknown): unknown {
  if (typeof value === 'string') return withFiles(value);
  if (Array.isArray(value)) return value.map(deepWithFiles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deepWithFiles(inner)]));
}

/** What every command of `provision` works with. */
import type { ProvisioningSettings } from './provisioning-settings.ts';
import type { SecretTree } from './secret-tree.ts';

export interface ProvisioningContext {
  settings: ProvisioningSettings;
  tree: SecretTree;
  /** How long a server that is still starting may take to answer. */
  waitMs: number;
  /** Where roles.sql, the migrations, the policies and the other files of the service lie. */
  serviceDirectory: string;
}

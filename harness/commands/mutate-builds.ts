/** The service as bundles: as it is, and once for each mutant of it; these are built while servers are probed. */
import { bundleService, openServiceBundler, type ServiceBundle } from '../faults/bundle-service.ts';
import { mutantBundle, type ServiceMutant } from '../faults/mutant-bundle.ts';
import type { EnvironmentKind } from '../model/environment.ts';
import { asSignoffError } from '../model/errors.ts';

export interface BuiltMutant {
  mutant: ServiceMutant;
  /** null where it could not be built. */
  entry: string | null;
  refusal: string | null;
}

export interface Builds {
  /** Of the intact service: it starts faster than its sources do. */
  intact: string;
  /** Never rejects; in the order of the mutants. */
  buildMutants(mutants: readonly ServiceMutant[]): Promise<BuiltMutant[]>;
  /** Ends what is still being built. */
  remove(): Promise<void>;
}

/** In an image there are other packages than here, and none where the file lies. */
export async function openBuilds(root: string, kind: EnvironmentKind): Promise<Builds> {
  const bundler = await openServiceBundler(root, kind === 'embedded' ? 'external' : 'bundle');
  const intact = await bundleService(root, 'mutate-intact', [], bundler).catch(async (error: unknown) => {
    await bundler.close();
    throw error;
  });
  const bundles: ServiceBundle[] = [intact];
  const ended = new AbortController();
  let building: Promise<BuiltMutant[]> = Promise.resolve([]);
  /** One after the other: what is probed meanwhile is to have the other core. */
  const buildAll = async (mutants: readonly ServiceMutant[]): Promise<BuiltMutant[]> => {
    const built: BuiltMutant[] = [];
    for (const mutant of mutants) {
      if (ended.signal.aborted) break;
      try {
        const bundle = await mutantBundle(root, mutant, bundler);
        bundles.push(bundle);
        built.push({ mutant, entry: bundle.entry, refusal: null });
      } catch (error) {
        built.push({ mutant, entry: null, refusal: asSignoffError(error).message });
      }
    }
    return built;
  };
  return {
    intact: intact.entry,
    buildMutants: (mutants) => (building = buildAll(mutants)),
    remove: async () => {
      ended.abort();
      await building;
      await bundler.close();
      await Promise.all(bundles.map((bundle) => bundle.remove()));
    },
  };
}

/** What every suite of probes is given: the running system, its production service and the tenants that play owner and stranger. */
import type { Manifest } from '../../model/manifest.ts';
import type { ProbeCount } from '../../model/measurement.ts';
import type { ProbeLayer } from '../../model/probe-layer.ts';
import type { ServiceInstance, System } from '../../model/system.ts';

export interface ProbeScene {
  system: System;
  /** The instance in production's mode. */
  service: ServiceInstance;
  manifest: Manifest;
  /** The folder of the project: reference-service/ with its policy and ACL files lies there. */
  root: string;
  signal: AbortSignal;
  /** Takes what a reader should know of this run of a suite, for instance that a tool is missing. */
  note?: (message: string) => void;
}

export interface ProbeSuite {
  layer: ProbeLayer;
  /** Rejects only when the layer cannot be asked at all; nothing is left open, and no data is changed for good. */
  run(scene: ProbeScene): Promise<ProbeCount[]>;
}

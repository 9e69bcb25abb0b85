/** Where a probe asks: through the service, or past it at one of the servers behind it. */
import { z } from 'zod';

export const probeLayers = ['api', 'sql', 'redis', 'vault', 'pool', 'telemetry'] as const;
export const probeLayerSchema = z.enum(probeLayers);
export type ProbeLayer = z.infer<typeof probeLayerSchema>;

/** The services of the three arms: what the policies of the database hold back in the first is left to the queries in the others. */
import { serviceUrl } from '../../testing/api-client.ts';

export const everyService = (): string[] => [serviceUrl('rls'), serviceUrl('filter'), serviceUrl('bare')];

/** The version that the service reports. */
export const serviceVersion = '1.0.0';

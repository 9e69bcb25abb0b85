/** What every step of making an image needs. */
export interface ImageOptions {
  /** Of the docker client: names the engine. */
  environment: NodeJS.ProcessEnv;
  tell: (message: string) => void;
  signal: AbortSignal;
}

/** The few globals that Node and Chromium share and that `lib: ES2024` does not know. */
declare class URL {
  constructor(url: string, base?: string)
  readonly hostname: string
}

import { registerHooks } from 'node:module'

const stub = new URL('./stub-electron.mjs', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: stub, format: 'module', shortCircuit: true } : next(specifier, context),
})

/** The libraries that travel with the app, by licence. */
export const LICENCES: readonly { readonly licence: string; readonly names: readonly string[] }[] = [
  {
    licence: 'MIT',
    names: [
      'Electron',
      'React',
      'Mantine',
      'TanStack Query, Router and Virtual',
      'better-sqlite3',
      'Day.js',
      'html-to-text',
      'markdown-it',
      'node-schedule',
      'Papa Parse',
      'pino',
      'read-excel-file',
      'temporal-polyfill',
      'ws',
      'yauzl',
      'zod',
    ],
  },
  { licence: 'MIT-0', names: ['Nodemailer', 'postal-mime'] },
  { licence: 'Apache 2.0', names: ['Drizzle ORM'] },
  { licence: 'ISC', names: ['Lucide', 'date-holidays (code)'] },
  { licence: 'CC BY-SA 3.0', names: ['date-holidays (data)'] },
]

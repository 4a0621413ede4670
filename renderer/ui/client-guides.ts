import type { Provider } from './client-words.ts'

export interface GuideStep {
  readonly title: string
  /** The clicks, one after the other; names in the provider's own words stand in “quotes”. */
  readonly clicks: readonly string[]
}

export interface Guide {
  /** The page to begin on. */
  readonly url: string
  readonly steps: readonly GuideStep[]
  /** What surprises people later. */
  readonly hints: readonly string[]
}

/** The exact clicks that make a client id. The names are those of the providers' pages in late 2026. */
export const GUIDES: Readonly<Record<Provider, Guide>> = {
  gmail: {
    url: 'https://console.cloud.google.com/',
    steps: [
      {
        title: 'Make a project',
        clicks: [
          'Sign in to the Google Cloud console with any Google account of yours.',
          'Open the project list at the top, choose “New project”, name it Pacemail, and press “Create”.',
        ],
      },
      {
        title: 'Switch the Gmail API on',
        clicks: ['Open “APIs & Services”, then “Library”.', 'Search for “Gmail API”, open it and press “Enable”.'],
      },
      {
        title: 'Fill in the consent screen',
        clicks: [
          'Open “APIs & Services”, then “OAuth consent screen”, and press “Get started”.',
          'Write Pacemail as the app’s name and your own address for support and contact.',
          'As audience choose “Internal” if your company uses Google Workspace and only you and colleagues sign in; else “External”.',
          'With “External”: open “Audience” and add your own address under “Test users”.',
        ],
      },
      {
        title: 'Make the client',
        clicks: [
          'Open “Clients” and press “Create client”.',
          'As application type choose “Desktop app”, then press “Create”.',
          'Copy the client ID and the client secret into the fields below.',
        ],
      },
    ],
    hints: [
      'While an “External” app is in “Testing”, Google ends every sign-in after 7 days. To keep it, open “Audience” and press “Publish app”.',
      'After publishing, Google warns that it has not verified the app. That is you: choose “Advanced” and go on.',
    ],
  },
  outlook: {
    url: 'https://entra.microsoft.com/',
    steps: [
      {
        title: 'Register the app',
        clicks: [
          'Sign in to the Microsoft Entra admin centre with a work account.',
          'Open “App registrations” and press “New registration”. Write Pacemail as its name.',
          'Under “Supported account types” choose accounts in any organisation and personal Microsoft accounts.',
          'Press “Register”.',
        ],
      },
      {
        title: 'Let it answer on this computer',
        clicks: [
          'Open “Authentication” and press “Add a platform”.',
          'Choose “Mobile and desktop applications”.',
          'As custom redirect URI write http://localhost and press “Configure”.',
        ],
      },
      {
        title: 'Name what it may do',
        clicks: [
          'Open “API permissions”, press “Add a permission”, choose “Microsoft Graph”, then “Delegated permissions”.',
          'Tick Mail.ReadWrite, Mail.Send and User.Read, and press “Add permissions”.',
          'If you are the admin, press “Grant admin consent” too. Most companies demand it.',
        ],
      },
      {
        title: 'Copy the id',
        clicks: [
          'Open “Overview” and copy the “Application (client) ID” into the field below. There is no secret to copy.',
        ],
      },
    ],
    hints: [
      'If your company does not let you register apps, your admin can do these steps and give you the id: it is no secret.',
    ],
  },
}

import { expect, test } from 'vitest'
import { isWebPage } from '#electron/platform/web-page'

test.each([
  'https://accounts.google.com/o/oauth2/v2/auth?client_id=x',
  'https://login.microsoftonline.com/common',
  'http://127.0.0.1:8080/sign-in',
])('%s is opened', (address) => {
  expect(isWebPage(address)).toBe(true)
})

test.each([
  'http://accounts.google.com/',
  'http://127.0.0.1.evil.test/',
  'http://localhost/',
  'https://accounts.google.com@evil.test/',
  'https://:secret@evil.test/',
  'file:///etc/passwd',
  'smb://server/share',
  '\\\\server\\share',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:https://a.test/x',
  'vbscript:x',
  'ms-msdt:/id PCWDiagnostic',
  'ms-officecmd:{}',
  'search-ms:query=x',
  'shell:startup',
  'vscode://file/etc/passwd',
  'ssh://host',
  'telnet:host',
  'tel:+49',
  'sms:+49',
  'facetime:x',
  'x-apple.systempreferences:',
  'itms-services://?action=x',
  'steam://run/1',
  'zoommtg://x',
  'ftp://host/x',
  'jar:https://a.test!/x',
  'view-source:https://a.test',
  'about:blank',
  'app://pacemail/',
  'pacemail://send-all',
  'mailto:ann@corp.example',
  'C:\\Windows\\System32\\calc.exe',
  '/usr/bin/xterm',
  'calc.exe',
  ' ',
  '',
])('"%s" is not', (address) => {
  expect(isWebPage(address)).toBe(false)
})

import type { MessageReport, MessageVersion } from '../report/model.ts'
import { type Html, html } from './html.ts'
import type { TimeAxis } from './time-axis.ts'

/** Each message in Slack as it stood at each moment. */
export function messagesSection(messages: readonly MessageReport[], axis: TimeAxis): Html {
  return html`<h3>Slack</h3>
${messages.length === 0 && html`<p class="quiet">This run posted no message.</p>`}
${messages.map(
  ({ channel, versions }) => html`<h4>A message in ${channel}, in ${versions.length} versions</h4>
<ol class="versions">${versions.map((one, index) => versionItem(one, index === versions.length - 1, axis))}</ol>`,
)}`
}

function versionItem({ at, lines }: MessageVersion, isLast: boolean, axis: TimeAxis): Html {
  const [title = '', ...rest] = lines
  return html`<li><details${isLast && html` open`}><summary><span class="time">${axis.text(at)}</span> ${title}</summary><div class="message">${rest.join('\n')}</div></details></li>`
}

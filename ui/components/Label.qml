pragma ComponentBehavior: Bound

import QtQuick

// Text in the language's own font; wraps, and is never cut off.
Text {
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.body
    wrapMode: Text.Wrap
    lineHeight: 1.12
    textFormat: Text.PlainText
}

pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk

// What to do with the document before the camera. It is always as high as the longest text needs,
// so that nothing on the screen moves when the camera says something else.
Banner {
    id: root

    required property KioskViewModel kiosk
    readonly property var icons: ({
            noDocument: Icons.downward,
            tooFar: Icons.downward,
            blurred: Icons.document,
            glare: Icons.warning,
            tooDark: Icons.warning,
            turnOver: Icons.again,
            wrongPage: Icons.passport,
            holdStill: Icons.hand,
            reading: Icons.document
        })
    // All is well, and there is nothing to be done.
    readonly property bool fine: kiosk.hint === "holdStill" || kiosk.hint === "reading"

    height: kiosk.languageOpen ? 232 : 172
    icon: icons[kiosk.hint] ?? Icons.document
    text: kiosk.hintText
    note: kiosk.otherHintText
    noteLanguage: kiosk.otherLanguage
    tone: fine ? Theme.success : Theme.primary
    ground: fine ? Theme.successSoft : Theme.primarySoft

    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    onTextChanged: Accessible.announce(text)
}

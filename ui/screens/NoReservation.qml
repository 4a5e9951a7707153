pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../components"

Mismatch {
    id: root

    icon: Icons.calendar
    title: qsTr("No appointment was found")
    text: qsTr("That is no problem: many services need no appointment. If you made one with another document, use that one.")

    KioskButton {
        objectName: "walkIn"
        Layout.fillWidth: true
        icon: Icons.forward
        iconAfter: true
        text: qsTr("Continue without an appointment")
        onTapped: root.kiosk.walkInPressed()
    }
    KioskButton {
        objectName: "back"
        Layout.fillWidth: true
        kind: KioskButton.Secondary
        icon: Icons.passport
        text: qsTr("Use another document")
        onTapped: root.kiosk.backPressed()
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../components"

Mismatch {
    id: root

    icon: Icons.calendar
    title: qsTr("Your appointment is on another day")
    text: qsTr("Please come on the day of your appointment, or continue today without one.")

    KioskButton {
        objectName: "done"
        Layout.fillWidth: true
        icon: Icons.check
        text: qsTr("Understood, finish")
        onTapped: root.kiosk.donePressed()
    }
    KioskButton {
        objectName: "walkIn"
        Layout.fillWidth: true
        kind: KioskButton.Secondary
        icon: Icons.forward
        iconAfter: true
        text: qsTr("Continue without an appointment")
        onTapped: root.kiosk.walkInPressed()
    }
}

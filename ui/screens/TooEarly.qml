pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../components"

Mismatch {
    id: root

    icon: Icons.clock
    title: qsTr("You are early")
    text: qsTr("Check-in for your appointment opens at %1. Please come back to this machine then.").arg(root.kiosk.checkInOpens)

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

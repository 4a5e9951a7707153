pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../components"

Mismatch {
    id: root

    icon: Icons.place
    withHall: true
    title: qsTr("Your appointment is at another hall")
    text: qsTr("Please go there, or continue here without an appointment.")

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

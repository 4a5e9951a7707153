pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../components"

Mismatch {
    id: root

    icon: Icons.clock
    title: qsTr("The time of your appointment has passed")
    text: qsTr("We can still serve you today: you get a number in the queue without appointments.")

    KioskButton {
        objectName: "walkIn"
        Layout.fillWidth: true
        Layout.preferredHeight: 148
        icon: Icons.forward
        iconAfter: true
        text: qsTr("Get a number in the queue")
        onTapped: root.kiosk.walkInPressed()
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    title: qsTr("Has your ticket come out?")
    text: qsTr("Please look in the slot below the screen. Your number is valid either way.")
    picture: Item {
        TicketPlate {
            anchors.centerIn: parent
            width: parent.width
            number: root.kiosk.ticketNumber
            numberSize: Theme.portrait ? Theme.giant : 160
        }
    }

    KioskButton {
        objectName: "done"
        Layout.fillWidth: true
        Layout.preferredHeight: 148
        icon: Icons.check
        text: qsTr("Yes, I have it")
        onTapped: root.kiosk.donePressed()
    }
    KioskButton {
        objectName: "ticketMissing"
        Layout.fillWidth: true
        Layout.preferredHeight: 148
        kind: KioskButton.Secondary
        icon: Icons.printer
        text: qsTr("No, print it again")
        onTapped: root.kiosk.ticketMissingPressed()
    }
}

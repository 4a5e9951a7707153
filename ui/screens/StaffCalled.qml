pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    title: qsTr("Please wait here for staff")
    text: kiosk.hasTicket ? qsTr("Your number is valid. If nobody comes within a few minutes, go to the information desk with it.") : qsTr("If nobody comes within a few minutes, please go to the information desk.")
    picture: Item {
        Badge {
            anchors.centerIn: parent
            visible: !root.kiosk.hasTicket
            within: parent
            icon: Icons.bell
            tone: Theme.success
            ground: Theme.successSoft
        }
        TicketPlate {
            anchors.centerIn: parent
            width: parent.width
            visible: root.kiosk.hasTicket
            number: root.kiosk.ticketNumber
            numberSize: Theme.portrait ? Theme.giant : 160
        }
    }

    KioskButton {
        objectName: "done"
        Layout.fillWidth: true
        kind: KioskButton.Secondary
        icon: Icons.check
        text: qsTr("I no longer need help")
        onTapped: root.kiosk.donePressed()
    }
    Label {
        Layout.fillWidth: true
        visible: root.kiosk.failureCode !== ""
        horizontalAlignment: Text.AlignRight
        text: qsTr("For staff: %1").arg(root.kiosk.failureCode)
        color: Theme.inkSoft
        font.pixelSize: 28
    }
}

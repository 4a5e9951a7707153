pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    title: qsTr("Staff are on their way")
    text: qsTr("Please stay at this machine. Somebody will be with you in a moment.")
    picture: Item {
        Badge {
            anchors.centerIn: parent
            visible: !root.kiosk.hasTicket
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

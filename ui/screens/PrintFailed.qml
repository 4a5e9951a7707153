pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

// The ticket is valid, but not on paper.
ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    title: root.kiosk.failureTitle
    text: root.kiosk.failureAdvice
    picture: Item {
        TicketPlate {
            anchors.centerIn: parent
            width: parent.width
            number: root.kiosk.ticketNumber
            numberSize: Theme.portrait ? Theme.giant : 160
        }
    }

    Banner {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.gap
        icon: Icons.bell
        text: qsTr("Staff have been told, and are on their way.")
        tone: Theme.success
        ground: Theme.successSoft
    }
    KioskButton {
        objectName: "retry"
        Layout.fillWidth: true
        icon: Icons.printer
        text: qsTr("Try to print again")
        onTapped: root.kiosk.retryPressed()
    }
    KioskButton {
        objectName: "done"
        Layout.fillWidth: true
        kind: KioskButton.Secondary
        icon: Icons.check
        text: qsTr("I will remember my number")
        onTapped: root.kiosk.donePressed()
    }
}

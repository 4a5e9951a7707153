pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : 0
    title: qsTr("Your ticket is being printed")
    text: qsTr("It comes out below the screen.")
    picture: Item {
        PrintingPicture {
            anchors.centerIn: parent
            scale: Theme.portrait ? 1.4 : 0.95
            number: root.kiosk.ticketNumber
            running: true
        }
    }
}

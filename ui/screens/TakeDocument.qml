pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : 0
    title: qsTr("Please take your document")
    text: kiosk.reminded ? qsTr("It is still on the machine. If it is not yours, please tell the information desk.") : qsTr("Do not forget your ticket either.")
    picture: Item {
        TakingPicture {
            anchors.centerIn: parent
            scale: Theme.portrait ? 1.35 : 0.86
        }
    }
}

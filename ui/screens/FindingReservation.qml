pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

ScreenLayout {
    required property KioskViewModel kiosk

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : 0
    title: qsTr("Looking for your appointment")
    text: qsTr("One moment, please.")
    picture: Item {
        Column {
            anchors.centerIn: parent
            spacing: 72
            Badge {
                icon: Icons.calendar
            }
            Working {
                anchors.horizontalCenter: parent.horizontalCenter
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

ScreenLayout {
    required property KioskViewModel kiosk

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : 0
    title: qsTr("Thank you")
    text: qsTr("Your data is being deleted from this machine.")
    picture: Item {
        Badge {
            anchors.centerIn: parent
            icon: Icons.check
            tone: Theme.success
            ground: Theme.successSoft
        }
    }
}

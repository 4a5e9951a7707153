pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk

// The ways out that every screen has: cancel, and call staff.
Rectangle {
    id: root

    required property KioskViewModel kiosk
    signal languagesAsked

    implicitHeight: Theme.portrait ? 176 : 144
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: 2
        color: Theme.line
    }
    KioskButton {
        objectName: "cancel"
        anchors.left: parent.left
        anchors.leftMargin: Theme.portrait ? 40 : Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.portrait ? 112 : 104
        visible: root.kiosk.canCancel
        kind: KioskButton.Quiet
        fontSize: 34
        icon: Icons.cross
        text: qsTr("Cancel")
        onTapped: root.kiosk.cancelPressed()
    }
    LanguageSwitch {
        visible: Theme.portrait && root.kiosk.canChangeLanguage
        // At the same place on every screen, whether the others are there or not.
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        kiosk: root.kiosk
        onMoreAsked: root.languagesAsked()
    }
    KioskButton {
        objectName: "callStaff"
        anchors.right: parent.right
        anchors.rightMargin: Theme.portrait ? 40 : Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.portrait ? 112 : 104
        visible: root.kiosk.canCallStaff
        kind: KioskButton.Quiet
        fontSize: 34
        icon: Icons.bell
        text: qsTr("Call staff")
        onTapped: root.kiosk.callStaffPressed()
    }
}
